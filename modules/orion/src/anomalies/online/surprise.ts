import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';
import { SeriesStatistics } from './series-statistics.ts';

const settingsSchema = z.strictObject({
  /** Readings that the long mean and deviation are taken over. */
  memory: z.number().int().min(100).max(1_000_000).default(4000),
  /** Share of each statistic's values that make its tail. */
  share: z.number().min(0.001).max(0.2).default(0.015),
  /** Readings that a tail is averaged over. */
  tailMemory: z.number().int().min(100).max(1_000_000).default(20_000),
  /** Readings of a statistic before anything is said of it. */
  warm: z.number().int().min(20).max(5000).default(150),
  /** Readings after an alarm during which only a greater surprise is one anew. */
  rest: z.number().int().min(0).max(100_000).default(100),
  /** Surprise, in nats, that scores one half. */
  half: z.number().min(0.1).max(1000).default(8.15),
});
type Settings = z.output<typeof settingsSchema>;

/** Readings from which the scale of the warped values is taken. */
const scaling = 100;

/** One series, one reading at a time: how unlikely the latest reading is under the tails of eight statistics. */
export const surprise: DetectorKind = {
  name: 'surprise',
  summary:
    'One series on-line: level, time of day, volatility, drift, jump and shape, each with a generalised Pareto tail of its own past; the greatest surprise counts, once (after the anomaly likelihood of Ahmad et al. 2017)',
  settings: settingsSchema,
  single: true,
  usualThreshold: 0.5,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const settings = settingsOf({ name: 'surprise', settings: settingsSchema }, given);
    if (data.names.length !== 1)
      throw orionErrors.ORION_DATA_UNFIT({
        learner: 'surprise',
        reason: `it takes one series, not ${data.names.length}`,
      });
    const scorer = new SeriesScorer(settings);
    const blame = new Float64Array(1);
    for (let row = 0; row < data.rows; row++) scorer.push(data.time[row]!, data.values.subarray(row, row + 1), blame);
    return detectorOf(data.names, settings, scorer.state());
  },
  open: (state) => detectorOf(state.names as string[], state.settings as unknown as Settings, state.learnt as State),
};

const detectorOf = (names: readonly string[], settings: Settings, learnt: State): Detector => ({
  sensors: names,
  state: () => ({ names, settings: { ...settings }, learnt }),
  start: (state) => new SeriesScorer(settings, state ?? learnt),
});

class SeriesScorer implements Scorer {
  readonly #settings: Settings;
  readonly #plain: SeriesStatistics;
  readonly #warped: SeriesStatistics;
  readonly #first = new Float64Array(2 * scaling);
  #seen = 0;
  #centre = 0;
  #scale = 1;
  #held = 0;
  #since = 0;

  constructor(settings: Settings, state?: State) {
    this.#settings = settings;
    this.#plain = new SeriesStatistics(settings, false, state?.plain as State | undefined);
    this.#warped = new SeriesStatistics(settings, true, state?.warped as State | undefined);
    if (!state) return;
    this.#first.set(state.first as Float64Array);
    [this.#seen, this.#centre, this.#scale, this.#held, this.#since] = state.counts as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
  }

  push(time: number, row: Float64Array, blame: Float64Array): number {
    const value = row[0]!;
    blame[0] = 0;
    if (!Number.isFinite(value)) return 0;
    this.#plain.push(time, value);
    this.#pushWarped(time, value);
    let greatest = 0;
    for (const one of this.#plain.surprise) if (one > greatest) greatest = one;
    for (const one of this.#warped.surprise) if (one > greatest) greatest = one;
    if (++this.#since > this.#settings.rest) this.#held = 0;
    if (greatest <= this.#held) return 0;
    [this.#held, this.#since] = [greatest, 0];
    blame[0] = 1;
    return greatest / (greatest + this.#settings.half);
  }

  state(): State {
    return {
      ...{ plain: this.#plain.state(), warped: this.#warped.state(), first: this.#first.slice() },
      counts: [this.#seen, this.#centre, this.#scale, this.#held, this.#since],
    };
  }

  /** The first readings wait until they tell the scale. */
  #pushWarped(time: number, value: number): void {
    if (this.#seen >= scaling) {
      this.#warped.push(time, this.#warp(value));
      return;
    }
    this.#first[this.#seen] = value;
    this.#first[scaling + this.#seen] = time;
    if (++this.#seen < scaling) return;
    this.#learnScale();
    for (let at = 0; at < scaling; at++) this.#warped.push(this.#first[scaling + at]!, this.#warp(this.#first[at]!));
  }

  #warp(value: number): number {
    return Math.asinh((value - this.#centre) / this.#scale);
  }

  #learnScale(): void {
    const sorted = this.#first.slice(0, scaling).sort();
    const between = (low: number, high: number) => sorted[high]! - sorted[low]!;
    this.#centre = sorted[50]!;
    const furthest = Math.max(sorted.at(-1)! - this.#centre, this.#centre - sorted[0]!);
    this.#scale = between(25, 75) / 1.35 || between(5, 95) / 3.3 || furthest || Math.abs(this.#centre) / 10 || 1;
  }
}
