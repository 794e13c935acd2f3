import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';
import { sharesInto } from './shares.ts';
import { trainingFactor } from './training-limit.ts';

const settingsSchema = z.strictObject({
  /** Rows of a window. */
  window: z.number().int().min(4).max(1000).default(16),
  /** Windows of normal running that are kept, evenly spread over it. */
  kept: z.number().int().min(10).max(20_000).default(500),
});

export const leftProfile: DetectorKind = {
  name: 'matrix-profile',
  summary:
    'How unlike every window of normal running the last rows are, sensor by sensor, by the distance of z-normalised windows (left matrix profile, Yeh et al. 2016; Zimmerman et al. 2019)',
  settings: settingsSchema,
  usualThreshold: 1.5,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const { window, kept } = settingsOf({ name: 'matrix-profile', settings: settingsSchema }, given);
    const conditioned = Conditioned.learn(data, 'matrix-profile');
    const size = conditioned.used.length;
    const starts = data.rows - window + 1;
    if (starts < 2 * window)
      throw orionErrors.ORION_DATA_UNFIT({
        ...{ learner: 'matrix-profile', reason: `it needs ${3 * window - 1} rows, and has ${data.rows}` },
      });
    const rows = conditioned.rows(data);
    const count = Math.min(kept, starts);
    const windows = new Float64Array(size * count * window);
    for (let sensor = 0; sensor < size; sensor++)
      for (let at = 0; at < count; at++) {
        const out = windows.subarray((sensor * count + at) * window, (sensor * count + at + 1) * window);
        const from = Math.floor((at * starts) / count);
        for (let k = 0; k < window; k++) out[k] = rows[(from + k) * size + sensor]!;
        normalise(out);
      }
    const model = { names: data.names, conditioned, window, windows, factor: 1 };
    // Windows that lie in normal running overlap with those kept; half of the kept ones, odd and even, tell the limit of each other.
    const factor = heldOutFactor(model, count, size);
    return detectorOf({ ...model, factor: factor ?? trainingFactor(detectorOf(model).start(), data, window) });
  },
  open: (state) =>
    detectorOf({
      names: state.names as string[],
      conditioned: Conditioned.open(state.conditioned as State),
      window: state.window as number,
      windows: state.windows as Float64Array,
      factor: state.factor as number,
    }),
};

interface Model {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  readonly window: number;
  /** Sensor by sensor, window by window, each with mean 0 and deviation 1. */
  readonly windows: Float64Array;
  readonly factor: number;
}

/** A window that is all but even keeps its small changes, or noise would be blown up to a shape. */
const leastDeviation = 0.1;

function normalise(values: Float64Array): void {
  let [mean, squares] = [0, 0];
  for (const value of values) mean += value / values.length;
  for (const value of values) squares += (value - mean) ** 2 / values.length;
  const deviation = Math.max(Math.sqrt(squares), leastDeviation);
  for (let k = 0; k < values.length; k++) values[k] = (values[k]! - mean) / deviation;
}

/** Squared distance to the nearest of windows from place `from` to before `to`, leaving out those from `without` to before `but`. */
function nearest(windows: Float64Array, from: number, to: number, shape: Float64Array, without = 0, but = 0): number {
  let best = Number.POSITIVE_INFINITY;
  for (let at = from; at < to; at += shape.length) {
    if (at >= without && at < but) continue;
    let sum = 0;
    for (let k = 0; k < shape.length && sum < best; k++) {
      const difference = windows[at + k]! - shape[k]!;
      sum += difference * difference;
    }
    if (sum < best) best = sum;
  }
  return best;
}

/** Limit from each kept window against those that lie at least a window away from it. */
function heldOutFactor({ windows, window }: Model, count: number, size: number): number | undefined {
  const away = Math.ceil(count / 10);
  const reached: number[] = [];
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let sensor = 0; sensor < size; sensor++) {
      const from = sensor * count * window;
      const shape = windows.subarray(from + at * window, from + (at + 1) * window);
      const [without, but] = [from + (at - away) * window, from + (at + away + 1) * window];
      sum += nearest(windows, from, from + count * window, shape, without, but);
    }
    if (Number.isFinite(sum)) reached.push(Math.sqrt(sum / size));
  }
  const limit = reached.sort((one, other) => one - other)[Math.floor(0.99 * reached.length)];
  return limit !== undefined && limit > 1e-9 ? 1 / limit : undefined;
}

function detectorOf(model: Model): Detector {
  return {
    sensors: model.names,
    state: () => ({ ...model, conditioned: model.conditioned.state() }),
    start: (state) => new ProfileScorer(model, state),
  };
}

class ProfileScorer implements Scorer {
  readonly #model: Model;
  readonly #recent: Float64Array;
  readonly #row: Float64Array;
  readonly #parts: Float64Array;
  readonly #shape: Float64Array;
  #seen = 0;

  constructor(model: Model, state?: State) {
    const size = model.conditioned.used.length;
    this.#model = model;
    this.#recent = new Float64Array(size * model.window);
    this.#row = new Float64Array(size);
    this.#parts = new Float64Array(size);
    this.#shape = new Float64Array(model.window);
    if (!state) return;
    this.#recent.set(state.recent as Float64Array);
    this.#seen = state.seen as number;
  }

  push(_time: number, given: Float64Array, blame: Float64Array): number {
    const { conditioned, window, windows, factor } = this.#model;
    const size = this.#row.length;
    blame.fill(0);
    const known = conditioned.row(given, this.#row);
    this.#recent.copyWithin(0, size);
    this.#recent.set(this.#row, size * (window - 1));
    if (++this.#seen < window || known === 0) return 0;
    let sum = 0;
    const each = windows.length / size;
    for (let sensor = 0; sensor < size; sensor++) {
      for (let k = 0; k < window; k++) this.#shape[k] = this.#recent[k * size + sensor]!;
      normalise(this.#shape);
      this.#parts[sensor] = nearest(windows, sensor * each, (sensor + 1) * each, this.#shape);
      sum += this.#parts[sensor]!;
    }
    sharesInto(this.#parts, conditioned.used, blame);
    return factor * Math.sqrt(sum / size);
  }

  state(): State {
    return { recent: this.#recent.slice(), seen: this.#seen };
  }
}
