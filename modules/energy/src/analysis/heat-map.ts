import { rateUnit } from './basic-units.ts';
import type { IntervalAmounts } from './interval-amounts.ts';
import { dateOf, weekdayOf } from './site-clock.ts';

export interface HeatMap {
  /** Mean demand unit: kW for kW.h, else amount unit per hour. */
  readonly unit: string;
  readonly rows: {
    /** Local date, `YYYY-MM-DD`. */
    readonly date: string;
    /** ISO weekday, 1 Monday to 7 Sunday. */
    readonly weekday: number;
    /** Mean demand over covered time in each of the 24 local hours; null where nothing is known. */
    readonly hours: (number | null)[];
  }[];
}

class Means {
  readonly #amount: Float64Array;
  readonly #hours: Float64Array;
  constructor(size: number) {
    this.#amount = new Float64Array(size);
    this.#hours = new Float64Array(size);
  }
  add(place: number, amount: number, hours: number): void {
    this.#amount[place]! += amount;
    this.#hours[place]! += hours;
  }
  all(): (number | null)[] {
    return Array.from(this.#hours, (hours, place) => (hours === 0 ? null : this.#amount[place]! / hours));
  }
}

/**
 * Demand by hour and day on the site's clock. Means, not sums, so that the hour a clock change repeats does not look
 * twice as busy; the hour it skips is null.
 */
export function heatMap({ grid, amount, coverage, unit }: IntervalAmounts): HeatMap {
  const days = new Map<number, Means>();
  for (let index = 0; index < grid.count; index++) {
    const time = grid.start + index * grid.step;
    const day = grid.clock.dayOf(time);
    const row = days.get(day) ?? new Means(24);
    days.set(day, row);
    if (coverage[index] === 0) continue;
    row.add(Math.floor(grid.clock.minuteOfDay(time) / 60), amount[index]!, (coverage[index]! * grid.step) / 3_600_000);
  }
  const rows = [...days].map(([day, means]) => ({ date: dateOf(day), weekday: weekdayOf(day), hours: means.all() }));
  return { unit: rateUnit(unit), rows };
}

export interface WeekdayProfile {
  readonly unit: string;
  /** Seven rows, Monday first, of 24 local hours: mean demand over covered time, null where nothing is known. */
  readonly weekdays: (number | null)[][];
}

/** The typical week: mean demand by weekday and hour of the site's clock. */
export function weekdayProfile({ grid, amount, coverage, unit }: IntervalAmounts): WeekdayProfile {
  const week = Array.from({ length: 7 }, () => new Means(24));
  for (let index = 0; index < grid.count; index++) {
    if (coverage[index] === 0) continue;
    const time = grid.start + index * grid.step;
    const hour = Math.floor(grid.clock.minuteOfDay(time) / 60);
    week[weekdayOf(grid.clock.dayOf(time)) - 1]!.add(hour, amount[index]!, (coverage[index]! * grid.step) / 3_600_000);
  }
  return { unit: rateUnit(unit), weekdays: week.map((means) => means.all()) };
}
