import type { Period } from '../analysis/grid.ts';
import { dateOf, dayMilliseconds, siteClock } from '../analysis/site-clock.ts';
import type { Reference } from '../consumption/service.ts';

export interface OverviewPeriods {
  /** Through the end of today, so that whole days of rollups do; its readings end now. */
  readonly thisMonth: Period;
  /** The days of this month before today; null on the first. */
  readonly over: Period | null;
  /** What `over` is held against. */
  readonly overReferences: readonly Reference[];
  readonly lastMonth: Period;
  readonly sameMonthLastYear: Period;
  readonly yesterday: Period;
  readonly weekEarlier: Reference;
}

/** The months and days around `now` on a site's clock, all of whole local days. */
export function overviewPeriods(now: number, timezone: string): OverviewPeriods {
  const clock = siteClock(timezone, now - 430 * dayMilliseconds, now + 2 * dayMilliseconds);
  const today = clock.dayOf(now);
  const [year, month] = dateOf(today).split('-').map(Number) as [number, number];
  /** First day of the month so many months from this one. */
  const monthStart = (by: number) => Date.UTC(year, month - 1 + by, 1) / dayMilliseconds;
  const days = (first: number, end: number): Period => ({ from: clock.startOfDay(first), to: clock.startOfDay(end) });
  const first = monthStart(0);
  const passed = today - first;
  /** As many days of another month as have passed of this one, or all it has. */
  const same = (by: number): Reference => ({
    ...days(monthStart(by), Math.min(monthStart(by) + passed, monthStart(by + 1))),
    rule: 'same-dates',
    sameWeekdays: passed % 7 === 0,
  });
  return {
    thisMonth: days(first, today + 1),
    over: passed === 0 ? null : days(first, today),
    overReferences: passed === 0 ? [] : [same(-1), same(-12)],
    lastMonth: days(monthStart(-1), first),
    sameMonthLastYear: days(monthStart(-12), monthStart(-11)),
    yesterday: days(today - 1, today),
    weekEarlier: { ...days(today - 8, today - 7), rule: 'days', sameWeekdays: true },
  };
}
