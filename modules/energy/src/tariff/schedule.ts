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

/** Joins neighbouring quarter hours with the same complaint into one line. */
function stretches(day: TouPeriod[][], complaint: (periods: TouPeriod[]) => string | undefined): string[] {
  const lines: string[] = [];
  for (let slot = 0; slot < slotsPerDay; ) {
    const text = complaint(day[slot]!);
    let end = slot + 1;
    while (end < slotsPerDay && complaint(day[end]!) === text) end++;
    if (text) lines.push(`${timeOf(slot)} to ${timeOf(end)} ${text}`);
    slot = end;
  }
  return lines;
}

function hourProblems(day: TouPeriod[][]): string[] {
  return stretches(day, (periods) => {
    if (periods.length === 0) return 'has no period';
    return periods.length > 1 ? `is claimed by ${periods.join(' and ')}` : undefined;
  });
}

function counted<T>(items: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function seasonProblems(season: Season): string[] {
  const problems: string[] = [];
  const types = counted(season.days.flatMap((day) => day.types));
  for (const type of ['weekday', 'weekend', 'holiday'] as const) {
    const count = types.get(type) ?? 0;
    if (count !== 1)
      problems.push(`season ${season.name}: ${type} is described ${count === 0 ? 'nowhere' : `${count} times`}`);
  }
  for (const day of season.days) {
    for (const line of hourProblems(claims(day.hours)))
      problems.push(`season ${season.name}, ${day.types.join(', ')}: ${line}`);
    for (const { from, to } of day.hours)
      if (from === to) problems.push(`season ${season.name}, ${day.types.join(', ')}: ${from} to ${to} covers no time`);
  }
  const used = new Set(season.days.flatMap((day) => day.hours.map((entry) => entry.period)));
  for (const period of used)
    if (season.prices[period] === undefined) problems.push(`season ${season.name}: ${period} has no price`);
  return problems;
}

/** What is wrong with a tariff's calendar, one sentence each: months, day types, hours and prices that miss or collide. */
export function scheduleProblems(tariff: Pick<Tariff, 'seasons' | 'validFrom' | 'validTo'>): string[] {
  const problems: string[] = [];
  const months = counted(tariff.seasons.flatMap((season) => season.months));
  for (let month = 1; month <= 12; month++) {
    const count = months.get(month) ?? 0;
    if (count !== 1) problems.push(`month ${month} is in ${count === 0 ? 'no season' : `${count} seasons`}`);
  }
  if (tariff.validTo !== null && tariff.validTo <= tariff.validFrom)
    problems.push(`it ends on ${tariff.validTo}, not after it begins on ${tariff.validFrom}`);
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
