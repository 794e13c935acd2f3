/** The picture of a part, as it came. */
export interface Picture {
  /** Of the file, or what the part is called. */
  readonly name: string;
  /** The same when the same picture comes again; left out: it never does. */
  readonly key?: string | undefined;
  /** The bytes of the picture file. */
  readonly content: Uint8Array;
  /** As the line calls the part; left out: it said nothing. */
  readonly partId?: string | undefined;
  /** The lot that the line says the part is of; left out: the one that is open, if there is one. */
  readonly lot?: string | undefined;
  /** Number that the line reads with the result; left out: the line is told nothing. */
  readonly resultId?: number | undefined;
  /** Done in the transaction that the verdict is stored in, so that no picture is judged twice. */
  remember?(): Promise<void>;
}

/** Where the pictures of one station come from. */
export interface PictureSource {
  /**
   * The next picture: one that is taken, or comes, after this call, never an older one. Rejects with the signal's reason when
   * that ends, and with a MillwrightError whose code says what is wrong with the source.
   */
  next(signal: AbortSignal): Promise<Picture>;
  /** Code of why no pictures can come now; null: all is well. */
  problem(): string | null;
}
