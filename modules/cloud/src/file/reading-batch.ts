import type { AnnouncedPoint } from '../connectors/connector.ts';

/** A point that the file names, with what the mapping says of it. */
export interface FilePoint extends AnnouncedPoint {
  readonly kind: 'gauge' | 'delta' | 'counter';
  /** The unit as the file writes it, also when it is not a known one. */
  readonly unitText?: string;
  readonly carrier?: string;
  readonly quantity?: string;
}

/** Readings in columns; index `i` of every array is one reading, in the order of the file. */
export interface ReadingBatch {
  readonly length: number;
  /** Index into `keys`. */
  readonly keyIndex: Int32Array;
  /** Milliseconds since 1970, UTC. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** `Quality` of modules/cloud. */
  readonly quality: Int16Array;
  /** Row of the file, first data row is 1. */
  readonly row: Int32Array;
  /** The keys of all points seen so far; the same array in every batch, it only grows. */
  readonly keys: readonly string[];
  /** Points that appear in this batch for the first time. */
  readonly announced: readonly FilePoint[];
}

/** Fills typed arrays and cuts them into batches. */
export class BatchWriter {
  readonly full: ReadingBatch[] = [];
  readonly #size: number;
  readonly #keys: readonly string[];
  #announced: FilePoint[] = [];
  #count = 0;
  #keyIndex: Int32Array;
  #time: Float64Array;
  #value: Float64Array;
  #quality: Int16Array;
  #row: Int32Array;

  constructor(size: number, keys: readonly string[]) {
    this.#size = size;
    this.#keys = keys;
    this.#keyIndex = new Int32Array(size);
    this.#time = new Float64Array(size);
    this.#value = new Float64Array(size);
    this.#quality = new Int16Array(size);
    this.#row = new Int32Array(size);
  }

  announce(point: FilePoint): void {
    this.#announced.push(point);
  }

  push(keyIndex: number, time: number, value: number, quality: number, row: number): void {
    const at = this.#count++;
    this.#keyIndex[at] = keyIndex;
    this.#time[at] = time;
    this.#value[at] = value;
    this.#quality[at] = quality;
    this.#row[at] = row;
    if (this.#count === this.#size) this.#cut();
  }

  /** What is left goes out as the last, smaller batch; also when only points were announced. */
  finish(): void {
    if (this.#count > 0 || this.#announced.length > 0) this.#cut();
  }

  #cut(): void {
    const length = this.#count;
    this.full.push({
      length,
      keyIndex: this.#keyIndex.subarray(0, length),
      time: this.#time.subarray(0, length),
      value: this.#value.subarray(0, length),
      quality: this.#quality.subarray(0, length),
      row: this.#row.subarray(0, length),
      keys: this.#keys,
      announced: this.#announced,
    });
    // The batch belongs to the reader now: it may be handed to another thread.
    this.#keyIndex = new Int32Array(this.#size);
    this.#time = new Float64Array(this.#size);
    this.#value = new Float64Array(this.#size);
    this.#quality = new Int16Array(this.#size);
    this.#row = new Int32Array(this.#size);
    this.#announced = [];
    this.#count = 0;
  }
}
