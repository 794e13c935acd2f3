import type { State } from '../../learners/learner.ts';

const bins = 48;
const dayMs = 86_400_000;
/** Readings that a half-hour's mean is taken over. */
const memory = 60;
/** A reading moves the mean as if it were at most so many deviations off. */
const mostDeviations = 6;

/** The usual value of each half-hour of the day, followed as readings come in, and how far readings lie from it. */
export class DayProfile {
  readonly #mean = new Float64Array(bins);
  readonly #seen = new Float64Array(bins);
  #variance = 0;

  constructor(state?: State) {
    if (!state) return;
    this.#mean.set(state.mean as Float64Array);
    this.#seen.set(state.seen as Float64Array);
    this.#variance = state.variance as number;
  }

  get deviation(): number {
    return Math.sqrt(this.#variance) || 1e-9;
  }

  /** How far a reading lies from the usual of its time of day, 0 where nothing is known of it. Learns from the reading. */
  push(time: number, value: number, pace: number): number {
    const bin = Math.min(Math.floor(((((time % dayMs) + dayMs) % dayMs) / dayMs) * bins), bins - 1);
    const known = this.#seen[bin]! > 0;
    const residual = known ? value - this.#mean[bin]! : 0;
    const most = mostDeviations * this.deviation + 1e-9;
    this.#seen[bin]!++;
    if (known)
      this.#mean[bin]! += Math.min(Math.max(residual, -most), most) * Math.max(1 / this.#seen[bin]!, 1 / memory);
    else this.#mean[bin] = value;
    this.#variance += pace * (residual * residual - this.#variance);
    return residual;
  }

  state(): State {
    return { mean: this.#mean.slice(), seen: this.#seen.slice(), variance: this.#variance };
  }
}
