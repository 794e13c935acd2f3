import type { EdgeBlob, EdgeLoss } from '@millwright/cloud';

/** A message as it lies on disk. */
export interface OutboxRecord {
  readonly sequence: number;
  readonly id: string;
  readonly part: string;
  readonly kind: string;
  /** By the box’s clock, which may be wrong. */
  readonly time: number;
  /** Which run of the machine, and how long it had run, milliseconds: these no wrong clock can spoil. */
  readonly boot: string;
  readonly uptimeMs: number;
  /** What the server’s clock was ahead of the box’s, when that was known. */
  readonly offsetMs: number | null;
  readonly priority: 'event' | 'bulk';
  readonly payload: unknown;
  readonly files: readonly EdgeBlob[];
  readonly lost?: EdgeLoss;
}
