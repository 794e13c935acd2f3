import { clopperPearson } from './binomial.ts';

/** A part of the line whose verdict an operator confirmed or overruled. */
export interface ReviewedPart {
  readonly score: number;
  /** What the operator says it is. */
  readonly good: boolean;
  /**
   * Of how many parts it is one that was looked at: 1 where all such are reviewed (the rejected ones), 100 where one of a hundred is
   * (the passed ones). Without it, what was rejected would seem to be most of the line.
   */
  readonly standsFor: number;
}

export interface ThresholdRates {
  readonly threshold: number;
  /** False rejects expected per 1,000 good parts, with their 95 % interval. */
  readonly per1000: number;
  readonly low: number;
  readonly high: number;
  /** Reviewed defects that pass, and all of them. */
  readonly misses: number;
  readonly defects: number;
}

export interface ThresholdProposal {
  readonly asked: number;
  readonly current: ThresholdRates;
  readonly proposed: ThresholdRates;
  /** `keep` where no part that was seen would be judged otherwise. */
  readonly change: 'keep' | 'raise' | 'lower';
}

/**
 * Proposes a threshold anew from the held-out scores of the training and what operators said since: the smallest that still keeps
 * the promise on all good parts, each counted for as many as it stands for. Nothing is changed here: somebody accepts it, or not.
 * Undefined without a good part.
 */
export function proposeThreshold(
  asked: number,
  current: number,
  heldOut: readonly number[],
  reviewed: readonly ReviewedPart[],
): ThresholdProposal | undefined {
  const good = [
    ...heldOut.map((score) => ({ score, weight: 1 })),
    ...reviewed.filter((one) => one.good).map(({ score, standsFor }) => ({ score, weight: standsFor })),
  ].sort((a, b) => a.score - b.score);
  if (good.length === 0) return undefined;
  const defects = reviewed.filter((one) => !one.good).map(({ score }) => score);
  const all = good.reduce((sum, { weight }) => sum + weight, 0);
  // What parts of unequal weight are worth (Kish, 1965).
  const worth = all ** 2 / good.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const above = (threshold: number): number =>
    good.reduce((sum, { score, weight }) => sum + (score > threshold ? weight : 0), 0);
  const expected = (threshold: number): number => (above(threshold) * (worth / all) + 1) / (worth + 1);
  const ratesAt = (threshold: number): ThresholdRates => {
    const { low, high } = clopperPearson(above(threshold) * (worth / all), worth);
    const misses = defects.filter((score) => score <= threshold).length;
    const per1000 = 1000 * expected(threshold);
    return { threshold, per1000, low: 1000 * low, high: 1000 * high, misses, defects: defects.length };
  };
  // Where the parts are too few for what was asked, no score of them is enough, and the current one may not be lowered.
  const enough = good.find(({ score }) => expected(score) <= asked / 1000)?.score;
  const threshold = enough ?? Math.max(current, good.at(-1)!.score);
  const between = ({ score }: { readonly score: number }): boolean => score > current !== score > threshold;
  const changes = good.some(between) || reviewed.some(between);
  const change = !changes ? 'keep' : threshold > current ? 'raise' : 'lower';
  return { asked, current: ratesAt(current), proposed: ratesAt(change === 'keep' ? current : threshold), change };
}
