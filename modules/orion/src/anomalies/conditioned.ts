import { orionErrors } from '../errors.ts';
import type { State } from '../learners/learner.ts';
import type { SensorData } from './types.ts';

/** A sensor must be known in this share of the rows, and this often, to be learnt from. */
const leastKnown = 0.05;
const leastRows = 8;
/** A value so many deviations away says no more than that; without a bound one broken reading would be all that is seen. */
const mostDeviations = 50;

/**
 * How sensors are brought to one scale: less their mean, divided by their deviation in the rows that were learnt from. Sensors that were
 * constant or hardly known there take no part.
 */
export class Conditioned {
  /** Places of the sensors that take part, among all. */
  readonly used: Int32Array;
  readonly centre: Float64Array;
  readonly scale: Float64Array;

  constructor(used: Int32Array, centre: Float64Array, scale: Float64Array) {
    this.used = used;
    this.centre = centre;
    this.scale = scale;
  }

  /** Throws ORION_DATA_UNFIT where no sensor is left. */
  static learn(data: SensorData, learner: string): Conditioned {
    const width = data.names.length;
    const used: number[] = [];
    const centre: number[] = [];
    const scale: number[] = [];
    for (let sensor = 0; sensor < width; sensor++) {
      const facts = momentsOf(data, sensor);
      if (!facts) continue;
      used.push(sensor);
      centre.push(facts.mean);
      scale.push(facts.deviation);
    }
    if (used.length === 0)
      throw orionErrors.ORION_DATA_UNFIT({
        learner,
        reason: `no sensor changes in the ${data.rows} rows, or too few of its values are known`,
      });
    return new Conditioned(Int32Array.from(used), Float64Array.from(centre), Float64Array.from(scale));
  }

  /** Brings a row to scale into `out`, one value a sensor that takes part; what is not known becomes 0, the middle. Tells how many are known. */
  row(values: Float64Array, out: Float64Array): number {
    let known = 0;
    for (let place = 0; place < this.used.length; place++) {
      const value = values[this.used[place]!]!;
      const scaled = (value - this.centre[place]!) / this.scale[place]!;
      if (Number.isNaN(scaled)) out[place] = 0;
      else {
        out[place] = Math.min(Math.max(scaled, -mostDeviations), mostDeviations);
        known++;
      }
    }
    return known;
  }

  /** All rows brought to scale. */
  rows(data: SensorData): Float64Array {
    const [width, used] = [data.names.length, this.used.length];
    const out = new Float64Array(data.rows * used);
    for (let row = 0; row < data.rows; row++)
      this.row(data.values.subarray(row * width, (row + 1) * width), out.subarray(row * used, (row + 1) * used));
    return out;
  }

  state(): State {
    return { used: this.used, centre: this.centre, scale: this.scale };
  }

  static open(state: State): Conditioned {
    return new Conditioned(state.used as Int32Array, state.centre as Float64Array, state.scale as Float64Array);
  }
}

function momentsOf(data: SensorData, sensor: number): { mean: number; deviation: number } | undefined {
  const width = data.names.length;
  let [count, mean, squares] = [0, 0, 0];
  for (let at = sensor; at < data.rows * width; at += width) {
    const value = data.values[at]!;
    if (!Number.isFinite(value)) continue;
    count++;
    const step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  if (count < leastRows || count < leastKnown * data.rows) return undefined;
  const deviation = Math.sqrt(squares / count);
  return deviation > 1e-9 * Math.max(Math.abs(mean), 1e-300) ? { mean, deviation } : undefined;
}

/** Whether a sensor changes in these rows, and is known often enough, to take part. */
export const isLearnable = (data: SensorData, sensor: number): boolean => momentsOf(data, sensor) !== undefined;
