import { clopperPearson } from './binomial.ts';

/** Known defects that the threshold would let pass. */
export interface Misses {
  readonly defects: number;
  readonly missed: number;
  /** Share of defects like these that pass, as a 95 % interval (Clopper and Pearson, 1934), 0 to 1. */
  readonly low: number;
  readonly high: number;
}

/** Undefined without a defect. A part is rejected where its score is above the threshold. */
export function missesOf(scores: readonly number[], threshold: number): Misses | undefined {
  if (scores.length === 0) return undefined;
  const missed = scores.filter((score) => score <= threshold).length;
  return { defects: scores.length, missed, ...clopperPearson(missed, scores.length) };
}
