import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';

const settingsSchema = z.strictObject({
  /** Shift of the mean that is let pass, in deviations. */
  slack: z.number().min(0).max(10).default(0.5),
  /** Sum of shifts beyond the slack at which the score is 1, in deviations. */
  limit: z.number().min(0.1).max(10_000).default(50),
  /** Readings from which mean and deviation are taken, at the beginning and after each change. */
  warm: z.number().int().min(5).max(100_000).default(100),
});
type Settings = z.output<typeof settingsSchema>;

export const pageHinkley: DetectorKind = {
  name: 'page-hinkley',
  summary:
    'Changes of the mean of one series as they come: two-sided cumulative sums against the mean since the last change (Page 1954; Hinkley 1971)',
  settings: settingsSchema,
  single: true,
  usualThreshold: 1,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const settings = settingsOf({ name: 'page-hinkley', settings: settingsSchema }, given);
    if (data.names.length !== 1)
      throw orionErrors.ORION_DATA_UNFIT({
        ...{ learner: 'page-hinkley', reason: `it takes one series, not ${data.names.length}` },
      });
    const scorer = new ChangeScorer(settings);
    const blame = new Float64Array(1);
    for (let row = 0; row < data.rows; row++) scorer.push(data.time[row]!, data.values.subarray(row, row + 1), blame);
    return detectorOf(data.names, settings, scorer.state());
  },
  open: (state) => detectorOf(state.names as string[], state.settings as unknown as Settings, state.learnt as State),
};

const detectorOf = (names: readonly string[], settings: Settings, learnt: State): Detector => ({
  sensors: names,
  state: () => ({ names, settings: { ...settings }, learnt }),
  start: (state) => new ChangeScorer(settings, state ?? learnt),
});

class ChangeScorer implements Scorer {
  readonly #settings: Settings;
  /** Readings since the last change, their mean and sum of squares, and the sums upwards and downwards. */
  readonly #sums = new Float64Array(5);

  constructor(settings: Settings, state?: State) {
    this.#settings = settings;
    if (state) this.#sums.set(state.sums as Float64Array);
  }

  push(_time: number, row: Float64Array, blame: Float64Array): number {
    const { slack, limit, warm } = this.#settings;
    const value = row[0]!;
    blame[0] = 0;
    if (!Number.isFinite(value)) return 0;
    const sums = this.#sums;
    const count = ++sums[0]!;
    let score = 0;
    if (count > warm) {
      const deviation = Math.sqrt(sums[2]! / (count - 1)) || Math.max(Math.abs(sums[1]!), 1) * 1e-9;
      const shift = Math.min(Math.max((value - sums[1]!) / deviation, -limit), limit);
      sums[3] = Math.max(0, sums[3]! + shift - slack);
      sums[4] = Math.max(0, sums[4]! - shift - slack);
      score = Math.max(sums[3]!, sums[4]!) / limit;
      if (score > 0) blame[0] = 1;
      if (score >= 1) {
        sums.fill(0);
        return score;
      }
    }
    const step = value - sums[1]!;
    sums[1]! += step / count;
    sums[2] = Math.min(sums[2]! + step * (value - sums[1]!), Number.MAX_VALUE);
    return score;
  }

  state(): State {
    return { sums: this.#sums.slice() };
  }
}
