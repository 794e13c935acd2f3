/** Start of the time buckets that rollups are kept in. */
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * A delta or register stamped 10:00 tells of the time before 10:00, so it belongs to the bucket that ends there; a
 * momentary value stamped 10:00 belongs to the one that starts there.
 */
export function hourOf(time: number, closesInterval: boolean): number {
  return (closesInterval ? Math.ceil(time / hourMs) - 1 : Math.floor(time / hourMs)) * hourMs;
}

/** Where the hour that starts here ends. */
export const hourEnd = (start: number): number => start + hourMs;

/** Local days of one time zone, with the days seen last remembered: asking Intl for every reading would cost more than storing it. */
export class LocalDays {
  #format: Intl.DateTimeFormat;
  #starts = new Map<number, { start: number; end: number }>();
  #wholeHours: boolean | undefined;

  constructor(timezone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  /** The local day, start and end in milliseconds since 1970; days of 23 and 25 hours are right. */
  dayAt(time: number, closesInterval: boolean): { readonly start: number; readonly end: number } {
    const at = closesInterval ? time - 0.001 : time;
    const slot = Math.floor(at / dayMs);
    for (const key of [slot, slot - 1, slot + 1]) {
      const day = this.#starts.get(key);
      if (day && at >= day.start && at < day.end) return day;
    }
    const start = this.#startOf(at);
    const end = this.#startOf(start + dayMs + 2 * hourMs);
    if (this.#starts.size > 4000) this.#starts.clear();
    const found = { start, end };
    this.#starts.set(Math.floor(start / dayMs), found);
    this.#starts.set(slot, found);
    return found;
  }

  /**
   * Whether days start with an hour of UTC, so that a day is the sum of hours: not so in India, Nepal or Newfoundland.
   * Looked up twice a year since 1970, as zones have changed theirs.
   */
  get wholeHours(): boolean {
    this.#wholeHours ??= Array.from({ length: 160 }, (_, half) => Date.UTC(1970, half * 6, 1)).every(
      (time) => this.#offset(time) % hourMs === 0,
    );
    return this.#wholeHours;
  }

  #offset(time: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(time)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts as Record<
      'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
      number
    >;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
  }

  #startOf(time: number): number {
    const localMidnight = Math.floor((time + this.#offset(time)) / dayMs) * dayMs;
    // The offset at midnight may differ from the one now (clocks change during the day).
    const guess = localMidnight - this.#offset(localMidnight - this.#offset(time));
    return guess <= time ? guess : localMidnight - this.#offset(time);
  }
}
