import type { Sample } from './sample.ts';

/** What a learner knows after learning, as plain JSON; `kind` names its learner. */
export type Learnt =
  | {
      readonly kind: 'kernel-logistic';
      readonly scale: number;
      readonly bias: number;
      /** Support examples with their weights. */
      readonly support: readonly (readonly number[])[];
      readonly weights: readonly number[];
    }
  | { readonly kind: 'linear-discriminant'; readonly bias: number; readonly weights: readonly number[] }
  | {
      readonly kind: 'nearest-neighbours';
      readonly neighbours: number;
      readonly support: readonly (readonly number[])[];
      readonly present: readonly boolean[];
    };

/** One way to tell two classes apart, with its settings fixed. */
export interface Learner {
  /** With its settings, for people and evidence: `kernel-logistic 0.1`. */
  readonly name: string;
  /** Both classes must occur. */
  learn(samples: readonly Sample[]): Learnt;
}

/** The score of a description: above 0 where the attribute is likelier there than not. Not yet a probability. */
export type Scorer = (features: Float32Array) => number;
