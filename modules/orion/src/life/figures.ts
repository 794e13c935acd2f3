import type { LifeFigures, Remaining } from './types.ts';

/** PHM08's penalty for telling `off` cycles too much (Saxena et al., 2008). */
export const scoreOf = (off: number): number => (off < 0 ? Math.exp(-off / 13) : Math.exp(off / 10)) - 1;

/** @param actual true remaining lives; counted as the cap where they are beyond */
export function lifeFigures(told: readonly Remaining[], actual: ArrayLike<number>, cap: number): LifeFigures {
  let [squares, score, held, width] = [0, 0, 0, 0];
  for (const [index, { estimate, low, high }] of told.entries()) {
    const truth = Math.min(cap, actual[index]!);
    squares += (estimate - truth) ** 2;
    score += scoreOf(estimate - truth);
    held += truth >= low && truth <= high ? 1 : 0;
    width += high - low;
  }
  const count = told.length;
  return { rmse: Math.sqrt(squares / count), meanScore: score / count, coverage: held / count, width: width / count };
}
