import type { Plane, Point } from '@millwright/imaging';
import type { DecodeOptions } from './zxing.ts';

/** A code that was read. */
export interface CodeRead {
  readonly value: string;
  /** As ZXing-C++ calls it. */
  readonly format: string;
  /** 0 to 1: how much of the error correction was left, and how much had to be done. */
  readonly confidence: number;
  /** In pixels of the picture, from the code's own top left clockwise. */
  readonly corners: readonly (readonly [number, number])[];
  /** What was done until it was read, in order. */
  readonly steps: readonly string[];
}

/** A picture to be given to the decoder, and what was done to get it. */
export interface Attempt {
  readonly steps: readonly string[];
  readonly plane: Plane;
  /** From a place in the plane to one in the picture that was given. */
  readonly toPicture: (x: number, y: number) => Point;
  readonly options?: DecodeOptions;
  /** Nothing that is read this way is more certain than this. */
  readonly mostConfidence: number;
  /** What was computed for it, in the budget's milliseconds, decoding left out. */
  readonly cost: number;
  /** Independent looks at bars: values of the same source are one vote. */
  readonly source?: string;
  /** Where the code lies in the picture, where that is known better than the decoder does. */
  readonly corners?: CodeRead['corners'];
}

/** What was computed without anything to look at. */
export interface Spent {
  /** In the budget's milliseconds. */
  readonly spent: number;
}
