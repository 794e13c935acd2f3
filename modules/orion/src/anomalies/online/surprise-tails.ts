import type { State } from '../../learners/learner.ts';

/** What the tail of a statistic is learnt from, and how fast. */
export interface TailSettings {
  /** Share of the values that make its tail. */
  readonly share: number;
  /** Values that the tail is averaged over. */
  readonly memory: number;
  /** Values looked at before anything is said. */
  readonly warm: number;
}

/** A tail heavier than that is not told apart from a few outliers. */
const mostShape = 0.25;
/** An excess counts as at most so many mean excesses, so that one event does not hide the next. */
const mostExcesses = 10;
/** The mean excess is at least this part of where the tail begins: regular series have almost no tail, and would cry at nothing. */
const leastExcess = 0.02;

/**
 * Tails of several statistics that come in one value at a time: where each begins (a quantile followed by stochastic approximation, Robbins
 * and Monro 1951), the mean and the mean square of what lies beyond it, and from these the generalised Pareto tail probability of a value
 * (method of moments, Hosking and Wallis 1987). Arrays only, so that a push allocates nothing.
 */
export class SurpriseTails {
  readonly #settings: TailSettings;
  readonly #begin: Float64Array;
  readonly #excess: Float64Array;
  readonly #square: Float64Array;
  readonly #first: Float64Array;
  #seen = 0;

  constructor(count: number, settings: TailSettings, state?: State) {
    this.#settings = settings;
    this.#begin = new Float64Array(count);
    this.#excess = new Float64Array(count);
    this.#square = new Float64Array(count);
    this.#first = new Float64Array(count * settings.warm);
    if (!state) return;
    this.#begin.set(state.begin as Float64Array);
    this.#excess.set(state.excess as Float64Array);
    this.#square.set(state.square as Float64Array);
    this.#first.set(state.first as Float64Array);
    this.#seen = state.seen as number;
  }

  /** Fills `surprise` with the negative logarithm of each value's tail probability, 0 within the body, and learns from the values. */
  push(values: Float64Array, surprise: Float64Array): void {
    const { warm, share, memory } = this.#settings;
    if (this.#seen < warm) {
      for (let k = 0; k < values.length; k++) this.#first[k * warm + this.#seen] = values[k]!;
      surprise.fill(0);
      if (++this.#seen === warm) for (let k = 0; k < values.length; k++) this.#begins(k);
      return;
    }
    const pace = 1 / Math.min(++this.#seen, memory);
    const slow = Math.min(Math.max(pace / share, 1e-4), 1);
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!;
      const mean = Math.max(this.#excess[k]!, 1e-9, leastExcess * this.#begin[k]!);
      const beyond = value - this.#begin[k]!;
      surprise[k] = beyond > 0 ? this.#surprise(k, beyond, mean) - Math.log(share) : 0;
      const step = 3 * pace * Math.max(this.#excess[k]!, 1e-9);
      this.#begin[k] = Math.max(0, this.#begin[k]! + (beyond > 0 ? step * (1 - share) : -step * share));
      if (value <= this.#begin[k]!) continue;
      const excess = Math.min(value - this.#begin[k]!, mostExcesses * mean);
      this.#excess[k]! += slow * (excess - this.#excess[k]!);
      this.#square[k]! += slow * (excess * excess - this.#square[k]!);
    }
  }

  state(): State {
    return {
      ...{ begin: this.#begin.slice(), excess: this.#excess.slice(), square: this.#square.slice() },
      ...{ first: this.#first.slice(), seen: this.#seen },
    };
  }

  #surprise(k: number, beyond: number, mean: number): number {
    const spread = Math.max(this.#square[k]! - this.#excess[k]! ** 2, 1e-12);
    const shape = Math.min(Math.max(0.5 - (0.5 * this.#excess[k]! ** 2) / spread, 0), 2 * mostShape) / 2;
    return shape < 1e-3 ? beyond / mean : Math.log1p((shape * beyond) / (mean * (1 - shape))) / shape;
  }

  #begins(k: number): void {
    const { warm, share } = this.#settings;
    const first = this.#first.slice(k * warm, (k + 1) * warm).sort();
    this.#begin[k] = first[Math.floor((1 - share) * warm)]!;
    let count = 0;
    for (const value of first) {
      const excess = value - this.#begin[k]!;
      if (excess <= 0) continue;
      this.#excess[k]! += excess;
      this.#square[k]! += excess * excess;
      count++;
    }
    this.#excess[k] = count > 0 ? this.#excess[k]! / count : 1e-9;
    this.#square[k] = count > 0 ? this.#square[k]! / count : 0;
  }
}
