/**
 * What is given up when there is no room, in this order: files of bulk messages (clips), files of events (pictures, tracks,
 * by which they prove themselves), bulk messages, events; of each the oldest first. Files come before messages, since they
 * are nearly all of the bytes. What is given up is counted and reported, and the server learns which sequences will not come.
 */
export const dropOrder = [
  { what: 'files', priority: 'bulk' },
  { what: 'files', priority: 'event' },
  { what: 'messages', priority: 'bulk' },
  { what: 'messages', priority: 'event' },
] as const;

export interface DropCounts {
  droppedMessages: number;
  droppedFiles: number;
  droppedBytes: number;
  damaged: number;
}

export const noDrops = (): DropCounts => ({ droppedMessages: 0, droppedFiles: 0, droppedBytes: 0, damaged: 0 });
