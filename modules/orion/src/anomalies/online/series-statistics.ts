import type { State } from '../../learners/learner.ts';
import { DayProfile } from './day-profile.ts';
import { NovelShape } from './novel-shape.ts';
import { SurpriseTails } from './surprise-tails.ts';

export interface StatisticsSettings {
  /** Readings that the long mean and deviation are taken over. */
  readonly memory: number;
  readonly share: number;
  readonly tailMemory: number;
  readonly warm: number;
}

/** Readings before which nothing is compared. */
const settles = 60;
/** A reading moves the long mean as if it were at most so many deviations off. */
const mostDeviations = 6;
/** A statistic beyond this says no more. */
const most = 100;

/** What each statistic looks at, in the order in which they are computed. */
export const plainStatistics = ['above', 'below', 'time of day', 'hours of day', 'volatility'] as const;
export const warpedStatistics = ['slow drift', 'jump', 'shape'] as const;

/**
 * Statistics of one series, each with the surprise of its latest value under its own past. The plain ones look at readings as they are;
 * the warped ones at readings through an inverse hyperbolic sine, so that in a series of bursts a change between the bursts is seen too.
 */
export class SeriesStatistics {
  readonly surprise: Float64Array;
  readonly #settings: StatisticsSettings;
  readonly #warped: boolean;
  readonly #values: Float64Array;
  readonly #tails: SurpriseTails;
  readonly #profile: DayProfile;
  readonly #shape: NovelShape;
  /** Count, long mean and variance, fast and slow mean, residual of the day over 8 and 36 readings, volatility now and in the long run. */
  readonly #moments: Float64Array;

  constructor(settings: StatisticsSettings, warped: boolean, state?: State) {
    const count = warped ? warpedStatistics.length : plainStatistics.length;
    this.#settings = settings;
    this.#warped = warped;
    this.#values = new Float64Array(count);
    this.surprise = new Float64Array(count);
    const tails = { share: settings.share, memory: settings.tailMemory, warm: settings.warm };
    this.#tails = new SurpriseTails(count, tails, state?.tails as State | undefined);
    this.#profile = new DayProfile(state?.profile as State | undefined);
    this.#shape = new NovelShape(state?.shape as State | undefined);
    this.#moments = new Float64Array(9);
    if (state) this.#moments.set(state.moments as Float64Array);
  }

  push(time: number, value: number): void {
    const moments = this.#moments;
    const count = ++moments[0]!;
    if (count === 1) moments[1] = moments[3] = moments[4] = value;
    const pace = 1 / Math.min(count, this.#settings.memory);
    const [mean, deviation] = [moments[1]!, Math.sqrt(moments[2]!) || 1e-9];
    moments[3]! += Math.max(1 / count, 1 / 12) * (value - moments[3]!);
    if (this.#warped) this.#warpedValues(value, count, mean, deviation);
    else this.#plainValues(time, value, pace, mean, deviation);
    for (let k = 0; k < this.#values.length; k++) this.#values[k] = Math.min(this.#values[k]!, most);
    if (count > settles) this.#tails.push(this.#values, this.surprise);
    const limit = mostDeviations * deviation;
    const step = count <= 50 ? value - mean : Math.min(Math.max(value - mean, -limit), limit);
    moments[1]! += pace * step;
    moments[2]! += pace * (step * step - moments[2]!);
  }

  state(): State {
    return {
      ...{ moments: this.#moments.slice(), tails: this.#tails.state() },
      ...(this.#warped ? { shape: this.#shape.state() } : { profile: this.#profile.state() }),
    };
  }

  #plainValues(time: number, value: number, pace: number, mean: number, deviation: number): void {
    const [moments, values] = [this.#moments, this.#values];
    values[0] = Math.max(0, value - mean) / deviation;
    values[1] = Math.max(0, mean - value) / deviation;
    const usual = this.#profile.deviation;
    const residual = this.#profile.push(time, value, pace);
    moments[5]! += (residual - moments[5]!) / 8;
    moments[6]! += (residual - moments[6]!) / 36;
    values[2] = Math.abs(moments[5]!) / usual;
    values[3] = Math.abs(moments[6]!) / usual;
    const square = (value - moments[3]!) ** 2;
    moments[7]! += (square - moments[7]!) / 24;
    moments[8]! += pace * (square - moments[8]!);
    values[4] = Math.abs(Math.log((moments[7]! + 1e-9 * moments[8]! + 1e-12) / (moments[8]! + 1e-12)));
  }

  #warpedValues(value: number, count: number, mean: number, deviation: number): void {
    const [moments, values] = [this.#moments, this.#values];
    moments[4]! += Math.max(1 / count, 1 / 240) * (value - moments[4]!);
    values[0] = Math.abs(moments[4]! - mean) / deviation;
    values[1] = Math.abs(value - moments[3]!) / deviation;
    values[2] = this.#shape.push(value, mean, deviation, count > settles + 1);
  }
}
