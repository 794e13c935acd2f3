import { Quality } from '../../quality.ts';
import type { ColumnBatch, Reading } from '../connector.ts';

/** Collects the readings of one message as columns; reused from message to message, handed out as exact copies. */
export class ColumnBuilder {
  count = 0;
  #keyIndex = new Int32Array(256);
  #time = new Float64Array(256);
  #value = new Float64Array(256);
  #quality = new Int16Array(256);

  push(keyIndex: number, time: number, value: number, quality: number): void {
    const row = this.count;
    if (row === this.#keyIndex.length) this.#grow();
    this.#keyIndex[row] = keyIndex;
    this.#time[row] = time;
    this.#value[row] = value;
    this.#quality[row] = quality;
    this.count = row + 1;
  }

  /** Gives the rows without a time (not a number, or 0 as senders write it that have none) this one. */
  fillTime(time: number): void {
    for (let row = 0; row < this.count; row += 1) if (!(this.#time[row]! > 0)) this.#time[row] = time;
  }

  /** Lowers good rows to uncertain. */
  doubt(): void {
    for (let row = 0; row < this.count; row += 1)
      if (this.#quality[row] === Quality.good) this.#quality[row] = Quality.uncertain;
  }

  #grow(): void {
    const size = this.#keyIndex.length * 2;
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#keyIndex = grown(new Int32Array(size), this.#keyIndex);
    this.#time = grown(new Float64Array(size), this.#time);
    this.#value = grown(new Float64Array(size), this.#value);
    this.#quality = grown(new Int16Array(size), this.#quality);
  }

  /** The rows so far as a batch of their own; the builder is empty afterwards. */
  take(keys: readonly string[], historical: boolean): ColumnBatch {
    const { count } = this;
    this.count = 0;
    return {
      keys,
      keyIndex: this.#keyIndex.slice(0, count),
      time: this.#time.slice(0, count),
      value: this.#value.slice(0, count),
      quality: this.#quality.slice(0, count),
      ...(historical ? { historical } : {}),
    };
  }
}

/** The same rows as objects, for a sink without `deliverColumns`. */
export function rowsOf(batch: ColumnBatch): Reading[] {
  return Array.from(batch.keyIndex, (keyIndex, row) => ({
    key: batch.keys[keyIndex]!,
    time: batch.time[row]!,
    value: batch.value[row]!,
    quality: batch.quality[row] as Quality,
    ...(batch.historical ? { historical: true } : {}),
  }));
}
