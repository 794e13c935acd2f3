import { Quality } from '../quality.ts';
import { hourEnd, hourOf } from './buckets.ts';
import { counterIncrease } from './counter-increase.ts';
import { coveredTime } from './covered-time.ts';
import type { PointState } from './point-cache.ts';

export type Resolution = 'h' | 'd';

/** One rollup under way. */
export interface Bucket {
  readonly resolution: Resolution;
  readonly point: number;
  readonly bucket: number;
  /** Where the next bucket starts. */
  readonly end: number;
  count: number;
  bad: number;
  total: number;
  increase: number;
  /** Seconds that its readings speak for, see `coveredTime`. */
  covered: number;
  minimum: number;
  maximum: number;
  firstTime: number;
  firstValue: number;
  lastTime: number;
  lastValue: number;
}

/** Buckets of one point. */
interface Slot {
  hour: Bucket | undefined;
  day: Bucket | undefined;
  closed: Bucket[];
}

/**
 * Sums what was just stored into hourly and daily buckets, in memory, until the next flush: a reading then costs a few
 * additions instead of reading its hour again. Only for readings newer than any stored of their point; everything
 * else is recomputed from the readings.
 */
export class RollupAccumulator {
  /** By point number: this runs for every reading, and an array is quicker to look in than a map. */
  #slots: (Slot | undefined)[] = [];
  #touched: number[] = [];

  get isEmpty(): boolean {
    return this.#touched.length === 0;
  }

  /** Call before the point's newest times and `lastValue` move on to this reading. */
  add(point: PointState, time: number, value: number, quality: number): void {
    let slot = this.#slots[point.number];
    if (!slot) {
      slot = { hour: undefined, day: undefined, closed: [] };
      this.#slots[point.number] = slot;
      this.#touched.push(point.number);
    }
    const closes = point.closesInterval;
    let { hour, day } = slot;
    if (!hour || !holds(hour, time, closes)) {
      if (hour) slot.closed.push(hour);
      const start = hourOf(time, closes);
      hour = emptyBucket('h', point.number, start, hourEnd(start));
      slot.hour = hour;
    }
    if (!day || !holds(day, time, closes)) {
      if (day) slot.closed.push(day);
      const { start, end } = point.days.dayAt(time, closes);
      day = emptyBucket('d', point.number, start, end);
      slot.day = day;
    }
    let [increase, covered] = [0, 0];
    if (quality !== Quality.bad) {
      // Whole microseconds, as the database computes them from its own.
      const distance = Math.round((time - point.goodTime) * 1000);
      const before = Math.round((point.goodTime - point.goodTimeBefore) * 1000);
      const fell = value < point.lastValue;
      if (point.kind === 'counter' && !Number.isNaN(point.goodTime))
        increase = counterIncrease(point.lastValue, value, point.registerMaximum);
      if (!(fell && point.kind === 'counter' && increase === 0))
        covered = coveredTime(point.kind, point.intervalMs * 1000, distance, before) / 1e6;
    }
    addTo(hour, time, value, quality, increase, covered);
    addTo(day, time, value, quality, increase, covered);
  }

  /** The points that have something to hand over; those touched from now on come with the next call. */
  rotate(): number[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  /** Puts points back that `rotate` gave out and that were not taken. */
  putBack(points: readonly number[]): void {
    this.#touched.push(...points);
  }

  /** Hands over what was gathered for these points. */
  take(points: readonly number[]): Bucket[] {
    const buckets: Bucket[] = [];
    for (const point of points) {
      const slot = this.#slots[point];
      if (!slot) continue;
      this.#slots[point] = undefined;
      buckets.push(...slot.closed);
      // A bucket without one good reading may be no rollup yet, so it stays until there is one or it is over.
      const rest: Slot = { hour: undefined, day: undefined, closed: [] };
      for (const [name, bucket] of [['hour', slot.hour] as const, ['day', slot.day] as const]) {
        if (!bucket) continue;
        if (bucket.count > 0) buckets.push(bucket);
        else rest[name] = bucket;
      }
      if (!rest.hour && !rest.day) continue;
      this.#slots[point] = rest;
      this.#touched.push(point);
    }
    return buckets;
  }
}

/** A closing reading belongs to the bucket it ends, see `hourOf`. */
const holds = ({ bucket, end }: Bucket, time: number, closes: boolean): boolean =>
  closes ? time > bucket && time <= end : time >= bucket && time < end;

const emptyBucket = (resolution: Resolution, point: number, bucket: number, end: number): Bucket => ({
  ...{ resolution, point, bucket, end, count: 0, bad: 0, total: 0, increase: 0, covered: 0 },
  ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  ...{ firstTime: 0, firstValue: 0, lastTime: 0, lastValue: 0 },
});

function addTo(bucket: Bucket, time: number, value: number, quality: number, increase: number, covered: number): void {
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
  bucket.covered += covered;
  if (value < bucket.minimum) bucket.minimum = value;
  if (value > bucket.maximum) bucket.maximum = value;
  bucket.lastTime = time;
  bucket.lastValue = value;
}
