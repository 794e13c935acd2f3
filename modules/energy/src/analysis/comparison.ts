import type { Consumption } from './consumption.ts';
import type { Period } from './grid.ts';
import { dateOf, dayMilliseconds, type SiteClock, siteClock } from './site-clock.ts';

export interface ReferencePeriod extends Period {
  /** `months`: the same number of calendar months. `days`: moved by whole local days. `span`: moved by its own length. */
  readonly rule: 'months' | 'days' | 'span';
  /** Whether the reference holds every weekday as often as the period does. */
  readonly sameWeekdays: boolean;
}

const monthOf = (day: number) => {
  const date = new Date(day * dayMilliseconds);
  return { index: date.getUTCFullYear() * 12 + date.getUTCMonth(), first: date.getUTCDate() === 1 };
};

const firstDay = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / dayMilliseconds;

function shiftDays(clock: SiteClock, time: number, days: number): number {
  const minutes = clock.minuteOfDay(time);
  const date = dateOf(clock.dayOf(time) + days);
  const rest = new Date(Math.round(minutes * 60_000)).toISOString().slice(11, 23);
  return clock.instantOf(`${date}T${rest}`);
}

/**
 * The two periods a consumption is held against.
 *
 * - Whole calendar months (a year is twelve): `before` is the same number of months just before, `lastYear` the same
 *   months a year earlier. Their lengths can differ (February, leap years), so compare per day as well.
 * - Anything else: `before` is the same number of local days just before (or, for parts of days, the span just before),
 *   and `lastYear` lies 364 days (52 weeks) back at the same local clock times, so that Mondays meet Mondays.
 */
export function comparisonPeriods(period: Period & { timezone: string }): {
  before: ReferencePeriod;
  lastYear: ReferencePeriod;
} {
  const { from, to, timezone } = period;
  const clock = siteClock(timezone, from - (to - from) - 400 * dayMilliseconds, to);
  const [firstOf, endOf] = [clock.dayOf(from), clock.dayOf(to)];
  const wholeDays = clock.startOfDay(firstOf) === from && clock.startOfDay(endOf) === to;
  const [start, end] = [monthOf(firstOf), monthOf(endOf)];
  if (wholeDays && start.first && end.first) {
    const months = end.index - start.index;
    const moved = (by: number): ReferencePeriod => {
      const [first, last] = [firstDay(start.index - by), firstDay(end.index - by)];
      const sameWeekdays =
        last - first === endOf - firstOf && ((last - first) % 7 === 0 || (firstOf - first) % 7 === 0);
      return { from: clock.startOfDay(first), to: clock.startOfDay(last), rule: 'months', sameWeekdays };
    };
    return { before: moved(months), lastYear: moved(12) };
  }
  const lastYear: ReferencePeriod = {
    from: shiftDays(clock, from, -364),
    to: shiftDays(clock, to, -364),
    rule: 'days',
    sameWeekdays: true,
  };
  if (!wholeDays)
    return { before: { from: from - (to - from), to: from, rule: 'span', sameWeekdays: false }, lastYear };
  const days = endOf - firstOf;
  return {
    before: { from: clock.startOfDay(firstOf - days), to: from, rule: 'days', sameWeekdays: days % 7 === 0 },
    lastYear,
  };
}

export interface Comparison {
  readonly unit: string;
  readonly current: number | null;
  readonly reference: number | null;
  /** current - reference, in `unit`. */
  readonly difference: number | null;
  /** difference / reference: 0.1 is ten percent more. */
  readonly change: number | null;
  /** The same per 24 covered hours, which months of unequal length and periods with gaps need. */
  readonly perDay: {
    readonly current: number | null;
    readonly reference: number | null;
    readonly change: number | null;
  };
  /** False when readings cover less than 95 % of either period, so that `change` rather measures the gaps. */
  readonly comparable: boolean;
}

const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
const changeOf = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : (a - b) / b);
const daily = ({ value, coveredHours }: Consumption) => (value === null ? null : (value / coveredHours) * 24);

/** Holds one consumption against another in the same unit. */
export function compareConsumption(current: Consumption, reference: Consumption): Comparison {
  const covered = ({ coveredHours, hours }: Consumption) => coveredHours >= 0.95 * hours;
  const [perDay, perDayBefore] = [daily(current), daily(reference)];
  return {
    unit: current.unit,
    current: current.value,
    reference: reference.value,
    difference: minus(current.value, reference.value),
    change: changeOf(current.value, reference.value),
    perDay: { current: perDay, reference: perDayBefore, change: changeOf(perDay, perDayBefore) },
    comparable: covered(current) && covered(reference),
  };
}
