import type { DemandProfile } from './demand-profile.ts';
import { weekdayOf } from './site-clock.ts';

/** Mean and highest demand at each time of the local day, in the profile's unit; null where nothing is known. */
export interface DaySlots {
  readonly days: number;
  readonly mean: (number | null)[];
  readonly maximum: (number | null)[];
}

export interface DayProfile {
  readonly unit: string;
  readonly slotMinutes: number;
  /** Monday to Friday, and Saturday with Sunday, by the site's calendar; slot 0 begins at local 00:00. */
  readonly workday: DaySlots;
  readonly weekend: DaySlots;
}

function slots(profile: DemandProfile, wanted: (weekday: number) => boolean): DaySlots {
  const { grid, demand } = profile;
  const perDay = 1440 / grid.intervalMinutes;
  const total = new Float64Array(perDay);
  const seen = new Uint32Array(perDay);
  const maximum = new Float64Array(perDay).fill(Number.NEGATIVE_INFINITY);
  const days = new Set<number>();
  for (let index = 0; index < grid.count; index++) {
    const value = demand[index]!;
    if (Number.isNaN(value)) continue;
    const time = grid.start + index * grid.step;
    const day = grid.clock.dayOf(time);
    if (!wanted(weekdayOf(day))) continue;
    const slot = Math.floor(grid.clock.minuteOfDay(time) / grid.intervalMinutes);
    total[slot]! += value;
    seen[slot]!++;
    if (value > maximum[slot]!) maximum[slot] = value;
    days.add(day);
  }
  const known = <T>(value: (slot: number) => T) =>
    Array.from(seen, (count, slot) => (count === 0 ? null : value(slot)));
  return {
    days: days.size,
    mean: known((slot) => total[slot]! / seen[slot]!),
    maximum: known((slot) => maximum[slot]!),
  };
}

/** How a typical working day and weekend day run. The hour a clock change repeats falls into its slot twice. */
export function dayProfile(profile: DemandProfile): DayProfile {
  return {
    unit: profile.unit,
    slotMinutes: profile.grid.intervalMinutes,
    workday: slots(profile, (weekday) => weekday <= 5),
    weekend: slots(profile, (weekday) => weekday > 5),
  };
}
