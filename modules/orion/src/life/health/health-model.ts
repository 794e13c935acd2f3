import { z } from 'zod';
import { rowsOf, type SensorData } from '../../anomalies/types.ts';
import { orionErrors } from '../../errors.ts';
import type { Fitted, LearnerKind, State, Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { lifeNotes } from '../notes.ts';
import { type ConditionDetector, conditionDetector } from './condition-detector.ts';
import { failureHints, type Hint, type PastCase } from './hints.ts';
import { type Trend, trendOf } from './trend.ts';

export const healthSettingsSchema = z.strictObject({
  /** Sensors that say under which condition the machine runs, by name. */
  conditions: z.array(z.string()).default([]),
  /** Rows over which distances are smoothed (time constant). */
  smoothing: z.number().min(1).max(10_000).default(12),
  /** Milliseconds that one point of the trend stands for. */
  trendStepMs: z
    .number()
    .min(60_000)
    .default(6 * 3_600_000),
  /** Points of the trend that are kept. */
  trendPoints: z.number().int().min(6).max(500).default(56),
  /** Index at which a machine should be seen to. */
  limit: z.number().min(1).max(99).default(50),
});
export type HealthSettings = z.output<typeof healthSettingsSchema>;

/** What one sensor has to do with it. */
export interface HealthPart {
  readonly sensor: string;
  /** Share of the distance, adding up to 1. */
  readonly share: number;
  /** From what it reads in this condition, in its spreads, smoothed; null where it is not known. */
  readonly deviation: number | null;
}

export interface HealthReading {
  /** Milliseconds since 1970. */
  readonly time: number;
  /**
   * 100 in the middle of normal running, 84 at what one in a hundred rows of held-out normal running exceed, 50 four times as far, and
   * so on by halves.
   */
  readonly index: number;
  /** Smoothed distance: 0 the middle of normal running, 1 what one in a hundred exceed. */
  readonly distance: number;
  readonly parts: readonly HealthPart[];
}

/** Follows one machine in bounded memory. */
export interface HealthWatch {
  /**
   * The next row of sensors, in the model's order, NaN where nothing is known. Undefined where it says nothing of health: the machine
   * stands still, runs under a condition outside of what was learnt, or nothing is known.
   */
  push(time: number, row: Float64Array): HealthReading | undefined;
  /** The last reading. */
  current(): HealthReading | undefined;
  /** Where the distance is going, and in how many days the index will be at the limit. */
  trend(): Trend | undefined;
  hints(past?: readonly PastCase[]): Hint[];
  state(): State;
}

export interface HealthModel extends Fitted {
  readonly sensors: readonly string[];
  readonly limit: number;
  /** Of one row by itself, without smoothing; 100 where the machine stands still. */
  index(row: Float64Array): number;
  start(state?: State): HealthWatch;
}

export type HealthKind = LearnerKind<SensorData, HealthModel>;

const blocks = 5;
const leastRows = 100;
/** Distances of the middle and of the edge, as shares of held-out normal running. */
const [middleShare, edgeShare] = [0.5, 0.99];
/** So many distances halve the index. */
const halving = 4;

/** Index of a distance. */
export const indexOf = (distance: number): number => 100 * 2 ** (-Math.max(0, distance) / halving);
/** Distance at which the index is so low. */
const distanceAt = (index: number): number => -halving * Math.log2(index / 100);

/** Health from normal running only: how far sensors together are from it, by what held-out normal running reaches. */
export const healthKind: HealthKind = {
  name: 'conditions',
  summary:
    'Distance from normal running with the operating condition taken out, as an index from 0 to 100 by the distances of held-out normal running',
  settings: healthSettingsSchema,
  async fit(data, given, seed, work) {
    const settings = settingsOf({ name: 'conditions', settings: healthSettingsSchema }, given);
    if (data.rows < leastRows)
      throw orionErrors.ORION_DATA_UNFIT({
        ...{ learner: 'health', reason: lifeNotes['too-few-rows']({ rows: data.rows, least: leastRows }) },
      });
    const distances = await heldOutDistances(data, settings, seed, work);
    const sorted = distances.sort();
    const middle = quantileSorted(sorted, middleShare);
    const edge = Math.max(quantileSorted(sorted, edgeShare), middle * 1.05, 1e-6);
    const detector = await conditionDetector.fit(data, { conditions: settings.conditions }, seed, work);
    return opened({ detector, settings, middle, edge });
  },
  open(state) {
    const { detector, settings, middle, edge } = state as unknown as Saved;
    return opened({ detector: conditionDetector.open(detector), settings, middle, edge });
  },
};

interface Saved {
  readonly detector: State;
  readonly settings: HealthSettings;
  readonly middle: number;
  readonly edge: number;
}
type Parts = Omit<Saved, 'detector'> & { readonly detector: ConditionDetector };

/** Smoothed scores of each fifth of the rows by what was learnt from the others; standstill is left out. */
async function heldOutDistances(data: SensorData, settings: HealthSettings, seed: number, work: Work) {
  const all: number[] = [];
  const width = data.names.length;
  const blame = new Float64Array(width);
  for (let block = 0; block < blocks; block++) {
    const [from, to] = [Math.floor((block * data.rows) / blocks), Math.floor(((block + 1) * data.rows) / blocks)];
    const detector = await conditionDetector.fit(
      without(data, from, to),
      { conditions: settings.conditions },
      seed,
      work,
    );
    const held = rowsOf(data, from, to);
    const scorer = detector.start();
    let smooth = Number.NaN;
    for (let row = 0; row < held.rows; row++) {
      const score = scorer.push(held.time[row]!, held.values.subarray(row * width, (row + 1) * width), blame);
      if (score === 0) continue;
      smooth = Number.isNaN(smooth) ? score : smooth + (score - smooth) / settings.smoothing;
      all.push(smooth);
    }
    work.progress((block + 1) / (blocks + 1));
  }
  return Float64Array.from(all);
}

function without(data: SensorData, from: number, to: number): SensorData {
  const width = data.names.length;
  const rows = data.rows - (to - from);
  const values = new Float64Array(rows * width);
  values.set(data.values.subarray(0, from * width));
  values.set(data.values.subarray(to * width), from * width);
  const time = new Float64Array(rows);
  time.set(data.time.subarray(0, from));
  time.set(data.time.subarray(to), from);
  return { names: data.names, rows, values, time };
}

function opened(parts: Parts): HealthModel {
  const { detector, settings, middle, edge } = parts;
  const distanceOf = (score: number) => (score - middle) / (edge - middle);
  return {
    sensors: detector.sensors,
    limit: settings.limit,
    index(row) {
      const score = detector.start().push(0, row, new Float64Array(row.length));
      return score === 0 ? 100 : indexOf(distanceOf(score));
    },
    start: (state) => new Watching(detector, settings, distanceOf, state),
    state: () => ({ detector: detector.state(), settings: { ...settings }, middle, edge }),
  };
}

class Watching implements HealthWatch {
  readonly #detector: ConditionDetector;
  readonly #settings: HealthSettings;
  readonly #distanceOf: (score: number) => number;
  readonly #scorer: ReturnType<ConditionDetector['start']>;
  readonly #row: Float64Array;
  readonly #blame: Float64Array;
  readonly #shares: Float64Array;
  readonly #deviations: Float64Array;
  #score = Number.NaN;
  #time = 0;
  /** Points of the trend: when each begins, and the mean distance in it. */
  #times: number[] = [];
  #means: number[] = [];
  #step = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #count = 0;

  constructor(
    detector: ConditionDetector,
    settings: HealthSettings,
    distanceOf: (score: number) => number,
    state?: State,
  ) {
    const width = detector.sensors.length;
    this.#detector = detector;
    this.#settings = settings;
    this.#distanceOf = distanceOf;
    this.#scorer = detector.start(state?.scorer as State | undefined);
    [this.#row, this.#blame] = [new Float64Array(width), new Float64Array(width)];
    this.#shares = (state?.shares as Float64Array | undefined)?.slice() ?? new Float64Array(width);
    this.#deviations =
      (state?.deviations as Float64Array | undefined)?.slice() ?? new Float64Array(width).fill(Number.NaN);
    if (!state) return;
    [this.#score, this.#time, this.#step, this.#sum, this.#count] = state.numbers as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    this.#times = [...(state.times as Float64Array)];
    this.#means = [...(state.means as Float64Array)];
  }

  push(time: number, row: Float64Array): HealthReading | undefined {
    const score = this.#scorer.push(time, row, this.#blame);
    if (score === 0) return undefined;
    const keep = 1 / this.#settings.smoothing;
    this.#detector.deviations(row, this.#row);
    this.#score = Number.isNaN(this.#score) ? score : this.#score + keep * (score - this.#score);
    for (let sensor = 0; sensor < row.length; sensor++) {
      const before = this.#deviations[sensor]!;
      const now = Math.max(-50, Math.min(50, this.#row[sensor]!));
      this.#deviations[sensor] = Number.isNaN(before) || Number.isNaN(now) ? now : before + keep * (now - before);
      this.#shares[sensor]! += keep * (this.#blame[sensor]! * score - this.#shares[sensor]!);
    }
    this.#time = time;
    this.#follow(time);
    return this.current();
  }

  current(): HealthReading | undefined {
    if (Number.isNaN(this.#score)) return undefined;
    const distance = this.#distanceOf(this.#score);
    const all = this.#shares.reduce((sum, one) => sum + one, 0);
    return {
      ...{ time: this.#time, index: indexOf(distance), distance: Math.max(0, distance) },
      parts: this.#detector.sensors.map((sensor, at) => ({
        sensor,
        share: all > 0 ? this.#shares[at]! / all : 0,
        deviation: Number.isNaN(this.#deviations[at]!) ? null : this.#deviations[at]!,
      })),
    };
  }

  trend(): Trend | undefined {
    const step = this.#settings.trendStepMs;
    const ended = this.#count > 0 ? [(this.#step + 0.5) * step] : [];
    const times = Float64Array.from([...this.#times, ...ended]);
    const means = Float64Array.from([...this.#means, ...(this.#count > 0 ? [this.#sum / this.#count] : [])]);
    return trendOf(times, means, distanceAt(this.#settings.limit));
  }

  hints(past: readonly PastCase[] = []): Hint[] {
    return failureHints({ sensors: this.#detector.sensors, values: this.#deviations }, past);
  }

  state(): State {
    return {
      ...{ scorer: this.#scorer.state(), shares: this.#shares.slice(), deviations: this.#deviations.slice() },
      numbers: [this.#score, this.#time, this.#step, this.#sum, this.#count],
      ...{ times: Float64Array.from(this.#times), means: Float64Array.from(this.#means) },
    };
  }

  #follow(time: number): void {
    const { trendStepMs, trendPoints } = this.#settings;
    const step = Math.floor(time / trendStepMs);
    if (step !== this.#step && this.#count > 0) {
      this.#times.push((this.#step + 0.5) * trendStepMs);
      this.#means.push(this.#sum / this.#count);
      if (this.#times.length > trendPoints) {
        this.#times.shift();
        this.#means.shift();
      }
      [this.#sum, this.#count] = [0, 0];
    }
    this.#step = step;
    this.#sum += Math.max(0, this.#distanceOf(this.#score));
    this.#count += 1;
  }
}
