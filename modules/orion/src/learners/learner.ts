import type { z } from 'zod';

/** What every learner is told beside its data. */
export interface Work {
  readonly signal: AbortSignal;
  /** Worker threads it may use beside its own; 0 unless said otherwise. The result must not depend on it. */
  readonly threads?: number;
  /** How far it has come, 0 to 1. */
  progress(fraction: number, message?: string): void;
}

/** Named numbers and arrays that a learnt model consists of: what `saveState` writes. */
export interface State {
  readonly [name: string]: StateValue;
}
export type StateValue =
  | null
  | boolean
  | number
  | string
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint8Array
  | readonly StateValue[]
  | State;

/** A kind of learner. What it learns from, and what it gives, is its family's; the rest is common to all. */
export interface LearnerKind<Data, Fitted> {
  /** `gradient-boosting`, `seasonal-naive`, …: as in the command line and in the card. */
  readonly name: string;
  /** One sentence: the method and where it was published. */
  readonly summary: string;
  /** What it can be told: plain JSON, every member with a default. */
  readonly settings: z.ZodType;
  /**
   * Learns. The same data, settings and seed give the same state, whatever the machine's number of threads. Throws ORION_DATA_UNFIT where
   * nothing can be learnt from such data.
   */
  fit(data: Data, settings: unknown, seed: number, work: Work): Promise<Fitted>;
  /** Opens again what `fitted.state()` gave, after it was written and read. */
  open(state: State): Fitted;
  /** Settings worth trying on such data, the cheapest first; AutoML draws from them. */
  candidates?(data: Data): readonly unknown[];
}

/** What was learnt: plain numbers that can be kept. */
export interface Fitted {
  state(): State;
}
