import type { Note } from '@millwright/kernel';
import { tariffNotes } from '../notes.ts';
import type { DayType, Season, Tariff, TouPeriod } from './tariff.ts';

export const slotsPerDay = 96;
const slotMinutes = 15;

type Hours = Season['days'][number]['hours'][number];

const slotOf = (clockTime: string) => (Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3))) / slotMinutes;
const timeOf = (slot: number) =>
  `${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * slotMinutes).padStart(2, '0')}`;

/** The quarter hours an entry covers; one that ends before it begins runs through midnight, one of no length covers none. */
function slotsOf({ from, to }: Hours): number[] {
  const [first, last] = [slotOf(from), slotOf(to)];
  const length = last >= first ? last - first : slotsPerDay - first + last;
  return Array.from({ length }, (_, index) => (first + index) % slotsPerDay);
}

/** All periods claimed for each quarter hour of one day type. */
function claims(hours: readonly Hours[]): TouPeriod[][] {
  const day: TouPeriod[][] = Array.from({ length: slotsPerDay }, () => []);
  for (const entry of hours) for (const slot of slotsOf(entry)) day[slot]!.push(entry.period);
  return day;
}

interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly periods: readonly TouPeriod[];
}

/** Neighbouring quarter hours that have no period or more than one, joined where they have the same. */
function wrongStretches(day: readonly TouPeriod[][]): Stretch[] {
  const found: Stretch[] = [];
  for (let slot = 0; slot < slotsPerDay; ) {
    const periods = day[slot]!;
    let end = slot + 1;
    while (end < slotsPerDay && day[end]!.join() === periods.join()) end++;
    if (periods.length !== 1) found.push({ from: timeOf(slot), to: timeOf(end), periods });
    slot = end;
  }
  return found;
}

function counted<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function seasonProblems({ name: season, days, prices }: Season): Note[] {
  const problems: Note[] = [];
  const described = counted(days.flatMap((day) => day.types));
  for (const type of ['weekday', 'weekend', 'holiday'] as const) {
    const count = described.get(type) ?? 0;
    if (count === 0) problems.push(tariffNotes['day-missing']({ season, type }));
    else if (count > 1) problems.push(tariffNotes['day-twice']({ season, type, count }));
  }
  for (const { types, hours } of days) {
    for (const { from, to, periods } of wrongStretches(claims(hours)))
      problems.push(
        periods.length === 0
          ? tariffNotes['hours-missing']({ season, types, from, to })
          : tariffNotes['hours-twice']({ season, types, from, to, periods }),
      );
    for (const { from, to } of hours)
      if (from === to) problems.push(tariffNotes['hours-empty']({ season, types, from, to }));
  }
  const used = new Set(days.flatMap((day) => day.hours.map((entry) => entry.period)));
  for (const period of used)
    if (prices[period] === undefined) problems.push(tariffNotes['price-missing']({ season, period }));
  return problems;
}

/** What is wrong with a tariff's calendar, one note each: months, day types, hours and prices that miss or collide. */
export function scheduleProblems(tariff: Pick<Tariff, 'seasons' | 'validFrom' | 'validTo'>): Note[] {
  const problems: Note[] = [];
  const months = counted(tariff.seasons.flatMap((season) => season.months));
  for (let month = 1; month <= 12; month++) {
    const count = months.get(month) ?? 0;
    if (count === 0) problems.push(tariffNotes['month-missing']({ month }));
    else if (count > 1) problems.push(tariffNotes['month-twice']({ month, count }));
  }
  if (tariff.validTo !== null && tariff.validTo <= tariff.validFrom)
    problems.push(tariffNotes['ends-early']({ to: tariff.validTo, from: tariff.validFrom }));
  return [...problems, ...tariff.seasons.flatMap(seasonProblems)];
}

/** Period of each quarter hour by month (index 0 is January) and day type, of a valid tariff. */
export function scheduleOf(tariff: Tariff): Record<DayType, TouPeriod[]>[] {
  return Array.from({ length: 12 }, (_, index) => {
    const season = tariff.seasons.find(({ months }) => months.includes(index + 1))!;
    const of = (type: DayType) =>
      claims(season.days.find(({ types }) => types.includes(type))!.hours).map(([period]) => period!);
    return { weekday: of('weekday'), weekend: of('weekend'), holiday: of('holiday') };
  });
}
