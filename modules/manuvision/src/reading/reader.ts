import type { Picture } from '@millwright/imaging';

/** Why nothing was read. */
export type ReadingReason = 'uncertain' | 'off-scale' | 'nothing-found' | 'format' | 'unreadable-picture';

/** What was read in one picture. */
export interface Reading {
  /** Null where it was refused. */
  readonly value: string | number | null;
  /** 0 to 1; of what was refused too, where there is one. */
  readonly confidence: number | null;
  readonly reason?: ReadingReason;
  /** The lines that a text was made of. */
  readonly lines?: readonly TextLine[];
}

export interface TextLine {
  readonly text: string;
  readonly confidence: number;
  /** Corners in pixels, clockwise from the one where the line begins. */
  readonly box: readonly (readonly [x: number, y: number])[];
}

export interface Reader {
  read(picture: Picture): Promise<Reading>;
  close(): Promise<void>;
}
