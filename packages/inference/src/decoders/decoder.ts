import type { z } from 'zod';

/** A result of the network. Integer types have been made into float32. */
export interface OutputTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** What a decoder is told of the call. */
export interface DecodeRequest {
  /** Of the input of the network, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly batch: number;
  readonly classes: number;
  /** Whether a class is asked for. */
  readonly wanted: (index: number) => boolean;
  /** The classes asked for, in their order. */
  readonly asked: readonly number[];
  readonly threshold: number;
}

/** A box in pixels of the network's input, before suppression. */
export interface Candidate {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
  /** Index in the card's classes. */
  readonly index: number;
}

/** One way in which detectors write their results. `Schema` is that of its part of a model card. */
export interface Decoder<Schema extends z.ZodType, Options = z.output<Schema>> {
  readonly schema: Schema;
  /**
   * Names of the outputs that are read, in the order in which `decode` gets them. `undefined` takes the output of the network
   * at that place.
   */
  outputs(options: Options): readonly (string | undefined)[];
  /** Candidates per picture of the batch with a score of at least the threshold; throws a `ShapeMismatch` on a shape that does not fit. */
  decode(outputs: readonly OutputTensor[], options: Options, request: DecodeRequest): Candidate[][];
  /** Whether doubles are already suppressed by the network or cannot arise. */
  suppressed(options: Options): boolean;
}

/** An output is not shaped as the card says; whoever knows the model's name makes an error of it. */
export class ShapeMismatch extends Error {
  readonly place: number;
  readonly expected: string;

  constructor(place: number, expected: string) {
    super(`output ${place} is not shaped as ${expected}`);
    this.place = place;
    this.expected = expected;
  }
}
