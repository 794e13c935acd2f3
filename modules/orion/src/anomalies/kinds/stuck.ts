import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { longestStand, stuckAfter } from '../stuck.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';

const settingsSchema = z.strictObject({});

export const stuck: DetectorKind = {
  name: 'stuck',
  summary:
    'Sensors that died: a value that repeats to the last digit for at least 50 rows, and five times as long as it ever did in normal running',
  settings: settingsSchema,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    settingsOf({ name: 'stuck', settings: settingsSchema }, given);
    const limits = Float64Array.from(data.names, (_, sensor) =>
      stuckAfter(longestStand(data, sensor, data.rows), data.rows),
    );
    if (!limits.some(Number.isFinite))
      throw orionErrors.ORION_DATA_UNFIT({ learner: 'stuck', reason: 'every sensor stands still in these rows' });
    return detectorOf(data.names, limits);
  },
  open: (state) => detectorOf(state.names as string[], state.limits as Float64Array),
};

const detectorOf = (names: readonly string[], limits: Float64Array): Detector => ({
  sensors: names,
  state: () => ({ names, limits }),
  start: (state) => new StandScorer(limits, state),
});

/** Scores the longest stand that there is now, in units of how long it may be. */
class StandScorer implements Scorer {
  readonly #limits: Float64Array;
  readonly #last: Float64Array;
  readonly #rows: Float64Array;

  constructor(limits: Float64Array, state?: State) {
    this.#limits = limits;
    this.#last = new Float64Array(limits.length).fill(Number.NaN);
    this.#rows = new Float64Array(limits.length);
    if (!state) return;
    this.#last.set(state.last as Float64Array);
    this.#rows.set(state.rows as Float64Array);
  }

  push(_time: number, row: Float64Array, blame: Float64Array): number {
    let [longest, sum] = [0, 0];
    for (let sensor = 0; sensor < this.#limits.length; sensor++) {
      const value = row[sensor]!;
      if (!Number.isNaN(value)) {
        this.#rows[sensor] = value === this.#last[sensor] ? this.#rows[sensor]! + 1 : 1;
        this.#last[sensor] = value;
      }
      // A sensor that may stand for ever has no share.
      const share = this.#rows[sensor]! / this.#limits[sensor]!;
      blame[sensor] = share;
      sum += share;
      if (share > longest) longest = share;
    }
    for (let sensor = 0; sensor < blame.length; sensor++) blame[sensor] = sum > 0 ? blame[sensor]! / sum : 0;
    return longest;
  }

  state(): State {
    return { last: this.#last.slice(), rows: this.#rows.slice() };
  }
}
