/** One file of a video: the whole of it, or one of the files that a recording consists of. */
export interface VideoPart {
  readonly path: string;
  /** Capture time of its first picture, milliseconds since 1970; 0 for a video that does not know. */
  readonly startTime: number;
}
