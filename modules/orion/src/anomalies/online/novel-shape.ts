import type { State } from '../../learners/learner.ts';

/** Readings that make a block, blocks that make a shape, shapes that are remembered. */
const [block, length, mostShapes] = [6, 8, 400];

/**
 * How unlike all earlier shapes the latest is: distance of the last 8 blocks of 6 readings to the nearest remembered ones, as the left matrix
 * profile gives it (Yeh et al. 2016), over a memory of 400 shapes in which the newest takes the oldest's place.
 */
export class NovelShape {
  readonly #shapes = new Float64Array(mostShapes * length);
  readonly #shape = new Float64Array(length);
  #kept = 0;
  #shaped = 0;
  #sum = 0;
  #count = 0;
  #distance = 0;

  constructor(state?: State) {
    if (!state) return;
    this.#shapes.set(state.shapes as Float64Array);
    this.#shape.set(state.shape as Float64Array);
    [this.#kept, this.#shaped, this.#sum, this.#count, this.#distance] = state.counts as unknown as number[] as [
      number,
      number,
      number,
      number,
      number,
    ];
  }

  /** @param settled whether mean and deviation are known well enough to compare shapes */
  push(value: number, mean: number, deviation: number, settled: boolean): number {
    this.#sum += value;
    if (++this.#count < block) return this.#distance;
    this.#shape.copyWithin(0, 1);
    this.#shape[length - 1] = (this.#sum / block - mean) / deviation;
    [this.#sum, this.#count] = [0, 0];
    this.#shaped++;
    if (this.#shaped < length || !settled) return this.#distance;
    this.#distance = this.#kept === 0 ? 0 : Math.sqrt(this.#nearest() / length);
    const place = this.#kept < mostShapes ? this.#kept++ : this.#shaped % mostShapes;
    this.#shapes.set(this.#shape, place * length);
    return this.#distance;
  }

  state(): State {
    return {
      ...{ shapes: this.#shapes.slice(), shape: this.#shape.slice() },
      counts: [this.#kept, this.#shaped, this.#sum, this.#count, this.#distance],
    };
  }

  #nearest(): number {
    let best = Number.POSITIVE_INFINITY;
    for (let at = 0; at < this.#kept * length; at += length) {
      let sum = 0;
      for (let k = 0; k < length && sum < best; k++) {
        const difference = this.#shapes[at + k]! - this.#shape[k]!;
        sum += difference * difference;
      }
      if (sum < best) best = sum;
    }
    return best;
  }
}
