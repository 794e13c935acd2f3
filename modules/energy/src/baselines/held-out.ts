import { predictRates } from './design.ts';
import { type BaselineFrame, takeFrame } from './frame.ts';
import type { BaselineKind } from './kinds/kind.ts';
import type { BaselineOptions, HeldOutStatistics } from './model.ts';

const weekMs = 7 * 86_400_000;
const dayMs = 86_400_000;
const folds = 5;
/** Four weeks: longer than what residuals of a plant remember, short enough that a year holds a dozen. */
const batchDays = 28;

/**
 * What a kind of baseline misses in weeks that it was not shown: every fifth week at a time (of bills, every fifth bill). The
 * long-run variance comes from sums over four weeks (batch means; Conway 1963, Law and Kelton, Simulation Modeling and
 * Analysis, 9.5.3), which hold whatever correlation there is at any lag. Null where too few intervals are left to learn from.
 */
export function heldOut(
  kind: BaselineKind,
  frame: BaselineFrame,
  drivers: readonly string[],
  options: BaselineOptions,
): HeldOutStatistics | null {
  const n = frame.start.length;
  const origin = frame.start[0]!;
  const group = (row: number) => (kind.step === 'billing' ? row : Math.floor((frame.start[row]! - origin) / weekMs));
  const fewest = kind.step === 'billing' ? kind.least - 2 : kind.least;
  const missed = new Float64Array(n).fill(Number.NaN);
  for (let fold = 0; fold < folds; fold++) {
    const [shown, hidden]: [number[], number[]] = [[], []];
    for (let row = 0; row < n; row++) (group(row) % folds === fold ? hidden : shown).push(row);
    if (hidden.length === 0) continue;
    if (shown.length < fewest) return null;
    const { segments } = kind.learn(takeFrame(frame, shown), drivers, options);
    const predicted = predictRates(segments, takeFrame(frame, hidden));
    for (const [at, row] of hidden.entries()) missed[row] = (frame.rate[row]! - predicted[at]!) * frame.length[row]!;
  }
  return summed(kind, frame, missed);
}

function summed({ step }: BaselineKind, frame: BaselineFrame, missed: Float64Array): HeldOutStatistics {
  const origin = frame.start[0]!;
  const sums = new Map<number, { missed: number; energy: number }>();
  const batches = new Map<number, { missed: number; days: number }>();
  for (let row = 0; row < missed.length; row++) {
    if (!Number.isFinite(missed[row]!)) continue;
    const key = step === 'hour' ? Math.floor((frame.start[row]! - origin) / dayMs) : row;
    const sum = sums.get(key) ?? { missed: 0, energy: 0 };
    sum.missed += missed[row]!;
    sum.energy += frame.rate[row]! * frame.length[row]!;
    sums.set(key, sum);
    const batchKey = Math.floor((frame.start[row]! - origin) / (batchDays * dayMs));
    const batch = batches.get(batchKey) ?? { missed: 0, days: 0 };
    batch.missed += missed[row]!;
    batch.days += step === 'hour' ? frame.length[row]! / 24 : frame.length[row]!;
    batches.set(batchKey, batch);
  }
  let [squares, bias, energy] = [0, 0, 0];
  for (const sum of sums.values()) {
    squares += sum.missed ** 2;
    bias += sum.missed;
    energy += sum.energy;
  }
  const mean = energy / sums.size;
  const whole = [...batches.values()].filter(({ days }) => days >= batchDays / 2);
  // Of the squares of sums about 0, since the predictions are meant to be right on the whole.
  const variance = whole.reduce((sum, batch) => sum + batch.missed ** 2 / batch.days, 0) / whole.length;
  return {
    cvrmse: mean === 0 ? 0 : Math.abs(Math.sqrt(squares / sums.size) / mean),
    nmbe: energy === 0 ? 0 : bias / energy,
    longRunVariance: step !== 'billing' && whole.length >= 4 ? variance : null,
    batches: whole.length,
  };
}
