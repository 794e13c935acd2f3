import { Temporal } from 'temporal-polyfill';
import { fileErrors } from './errors.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A stretch of wall-clock time. `plain` has one offset; `repeated` and `skipped` stand around a change of offset. */
interface Stretch {
  readonly kind: 'plain' | 'repeated' | 'skipped';
  readonly from: number;
  readonly to: number;
  /** Offset that holds, or the one before the change. */
  readonly before: number;
  readonly after: number;
}

export interface RowOrder {
  readonly order: 'ascending' | 'descending';
  readonly stamp: 'start' | 'end';
  readonly intervalMs: number;
}

/** What the clock remembers of one series, to tell the two passes of a repeated hour apart. */
export interface ClockHand {
  wall: number;
  utc: number;
}

/**
 * Wall-clock milliseconds to UTC in one time zone. Temporal knows the zone's changes; they are asked for once a year of
 * data and kept as stretches, so that a reading costs two comparisons.
 */
export class ZoneClock {
  readonly timezone: string;
  readonly #years = new Map<number, readonly Stretch[]>();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #offset = 0;

  constructor(timezone: string) {
    this.timezone = timezone;
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
    } catch (cause) {
      throw fileErrors.FILE_TIME_ZONE_UNKNOWN({ timezone }, cause);
    }
  }

  /**
   * UTC of a wall-clock time; NaN when the clocks skipped it. In the repeated hour the first pass (summer time) holds
   * until the rows of the series step back, then the second. Moves `hand` on.
   */
  toUtc(wall: number, hand: ClockHand, rows: RowOrder): number {
    const utc = wall >= this.#from && wall < this.#to ? wall - this.#offset : this.#slow(wall, hand, rows);
    if (!Number.isNaN(utc)) {
      hand.wall = wall;
      hand.utc = utc;
    }
    return utc;
  }

  /** `plain`, `repeated` or `skipped`. */
  kindOf(wall: number): Stretch['kind'] {
    return this.#stretch(wall).kind;
  }

  /** The earlier reading of a wall-clock time, for sampling; the skipped hour is moved forward. */
  sampleUtc(wall: number): number {
    return wall - this.#stretch(wall).before;
  }

  #slow(wall: number, hand: ClockHand, rows: RowOrder): number {
    const stretch = this.#stretch(wall);
    if (stretch.kind === 'plain') {
      this.#from = stretch.from;
      this.#to = stretch.to;
      this.#offset = stretch.before;
      return wall - stretch.before;
    }
    if (stretch.kind === 'skipped') {
      // The end of the last interval before the change is the change itself; some loggers write it in the old offset.
      return rows.stamp === 'end' && wall === stretch.from ? wall - stretch.before : Number.NaN;
    }
    const first = wall - stretch.before;
    const second = wall - stretch.after;
    // Rows that repeat a stamp are one moment, unless the interval is so long that each pass has one row only.
    const repeats = wall === hand.wall && rows.intervalMs < stretch.before - stretch.after;
    if (repeats) return hand.utc;
    const inside = hand.wall >= stretch.from && hand.wall < stretch.to;
    if (rows.order === 'ascending') return inside && hand.utc >= first ? second : first;
    return inside && hand.utc <= second ? first : second;
  }

  #stretch(wall: number): Stretch {
    const year = new Date(wall).getUTCFullYear();
    let stretches = this.#years.get(year);
    if (stretches === undefined) {
      stretches = this.#stretchesOf(year);
      this.#years.set(year, stretches);
    }
    return stretches.find((stretch) => wall < stretch.to) ?? stretches[stretches.length - 1]!;
  }

  #stretchesOf(year: number): Stretch[] {
    const begin = Date.UTC(year, 0, 1) - 2 * DAY;
    const end = Date.UTC(year + 1, 0, 1) + 2 * DAY;
    let moment = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(this.timezone);
    let from = Number.NEGATIVE_INFINITY;
    let offset = moment.offsetNanoseconds / 1e6;
    const stretches: Stretch[] = [];
    for (;;) {
      const next = moment.getTimeZoneTransition('next');
      if (next === null || next.epochMilliseconds >= end) break;
      const at = next.epochMilliseconds;
      const after = next.offsetNanoseconds / 1e6;
      const low = at + Math.min(offset, after);
      const high = at + Math.max(offset, after);
      stretches.push({ kind: 'plain', from, to: low, before: offset, after: offset });
      if (low < high)
        stretches.push({ kind: after > offset ? 'skipped' : 'repeated', from: low, to: high, before: offset, after });
      from = high;
      offset = after;
      moment = next;
    }
    stretches.push({ kind: 'plain', from, to: Number.POSITIVE_INFINITY, before: offset, after: offset });
    // Beyond this year other changes hold, so a stretch must not be used for it.
    const low = Date.UTC(year, 0, 1);
    const high = Date.UTC(year + 1, 0, 1);
    return stretches
      .filter((stretch) => stretch.to > low && stretch.from < high)
      .map((stretch) => ({ ...stretch, from: Math.max(stretch.from, low), to: Math.min(stretch.to, high) }));
  }
}
