import { ascending, percentile } from '../analysis/percentile.ts';
import { type AdviceData, hoursPerYear, ninety, type Ranged } from './kind.ts';

/** Median by hour of the week; null where an hour was never read. */
export function typicalWeek(values: Float64Array, hourOfWeek: Int16Array): (number | null)[] {
  const found: number[][] = Array.from({ length: 168 }, () => []);
  for (let hour = 0; hour < values.length; hour++)
    if (Number.isFinite(values[hour]!)) found[hourOfWeek[hour]!]!.push(values[hour]!);
  return found.map((list) => (list.length === 0 ? null : percentile(Float64Array.from(list).sort(), 50)));
}

/**
 * 1 for hours in which the plant does not work: with production, those in which nothing is made and nothing was made in the hour
 * before; without, hours of the week whose median lies in the lower third between the week's lowest and highest.
 */
export function idleHours({ energy, production, hourOfWeek }: AdviceData): Uint8Array {
  if (production)
    return Uint8Array.from(energy, (_, hour) =>
      production[hour] === 0 && (hour === 0 || !(production[hour - 1]! > 0)) ? 1 : 0,
    );
  const week = typicalWeek(energy, hourOfWeek);
  const known = ascending(Float64Array.from(week, (value) => value ?? Number.NaN));
  const limit = known[0]! + (known.at(-1)! - known[0]!) / 3;
  return Uint8Array.from(hourOfWeek, (hour) => (week[hour] !== null && week[hour]! <= limit ? 1 : 0));
}

/** What some hours add up to by the week, raised to a year, with its spread from week to week (t about normal). */
export function yearly(perHour: Float64Array, start: Float64Array): Ranged {
  const weeks = new Map<number, { sum: number; hours: number }>();
  for (let hour = 0; hour < perHour.length; hour++) {
    if (!Number.isFinite(perHour[hour]!)) continue;
    const key = Math.floor(start[hour]! / 604_800_000);
    const week = weeks.get(key) ?? { sum: 0, hours: 0 };
    week.sum += perHour[hour]!;
    week.hours++;
    weeks.set(key, week);
  }
  const whole = [...weeks.values()].filter(({ hours }) => hours >= 84);
  const means = (whole.length > 0 ? whole : [...weeks.values()]).map(({ sum, hours }) => sum / hours);
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, means.length - 1);
  const half = ninety * Math.sqrt(variance / means.length);
  return { value: mean * hoursPerYear, low: (mean - half) * hoursPerYear, high: (mean + half) * hoursPerYear };
}

/** Hours with energy. */
export const knownHours = ({ energy }: AdviceData): number => energy.filter(Number.isFinite).length;

export const scaled = ({ value, low, high }: Ranged, factor: number): Ranged => ({
  ...{ value: value * factor, low: low * factor, high: high * factor },
});
