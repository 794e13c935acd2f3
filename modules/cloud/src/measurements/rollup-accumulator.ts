import { Quality } from '../quality.ts';
import { hourOf } from './buckets.ts';
import { counterIncrease } from './counter-increase.ts';
import type { PointState } from './point-cache.ts';

export type Resolution = 'h' | 'd';

/** One rollup under way. */
export interface Bucket {
  readonly resolution: Resolution;
  readonly point: number;
  readonly bucket: number;
  count: number;
  bad: number;
  total: number;
  increase: number;
  minimum: number;
  maximum: number;
  firstTime: number;
  firstValue: number;
  lastTime: number;
  lastValue: number;
}

/**
 * Sums what was just stored into hourly and daily buckets, in memory, until the next flush: a reading then costs a few
 * additions instead of reading its hour again. Only for readings newer than any stored of their point; everything
 * else is recomputed from the readings.
 */
export class RollupAccumulator {
  #open: Record<Resolution, Map<number, Bucket>> = { h: new Map(), d: new Map() };
  #closed: Bucket[] = [];

  get size(): number {
    return this.#open.h.size + this.#open.d.size + this.#closed.length;
  }

  /** Call before `lastTime` and `lastValue` of the point move on to this reading. */
  add(point: PointState, time: number, value: number, quality: number): void {
    const increase =
      point.kind === 'counter' && Number.isFinite(point.lastValue) && quality !== Quality.bad
        ? counterIncrease(point.lastValue, value, point.registerMaximum)
        : 0;
    const hour = this.#bucket('h', point.number, hourOf(time, point.closesInterval));
    const day = this.#bucket('d', point.number, point.days.dayOf(time, point.closesInterval));
    addTo(hour, time, value, quality, increase);
    addTo(day, time, value, quality, increase);
  }

  /** Hands over everything gathered so far. */
  take(): Bucket[] {
    const all = [...this.#closed, ...this.#open.h.values(), ...this.#open.d.values()].filter(({ count }) => count > 0);
    this.#closed = [];
    this.#open = { h: new Map(), d: new Map() };
    return all;
  }

  #bucket(resolution: Resolution, point: number, bucket: number): Bucket {
    const open = this.#open[resolution];
    const current = open.get(point);
    if (current?.bucket === bucket) return current;
    if (current) this.#closed.push(current);
    const fresh: Bucket = {
      ...{ resolution, point, bucket, count: 0, bad: 0, total: 0, increase: 0 },
      ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
      ...{ firstTime: 0, firstValue: 0, lastTime: 0, lastValue: 0 },
    };
    open.set(point, fresh);
    return fresh;
  }
}

function addTo(bucket: Bucket, time: number, value: number, quality: number, increase: number): void {
  if (quality === Quality.bad) {
    bucket.bad += 1;
    return;
  }
  if (bucket.count === 0) {
    bucket.firstTime = time;
    bucket.firstValue = value;
  }
  bucket.count += 1;
  bucket.total += value;
  bucket.increase += increase;
  if (value < bucket.minimum) bucket.minimum = value;
  if (value > bucket.maximum) bucket.maximum = value;
  bucket.lastTime = time;
  bucket.lastValue = value;
}
