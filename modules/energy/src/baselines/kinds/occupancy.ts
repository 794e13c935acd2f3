import { regression } from '@millwright/orion';
import { designOf, plainTerms } from '../design.ts';
import { type BaselineFrame, frameLength } from '../frame.ts';
import type { Terms } from '../model.ts';

/** Fewest hours in an outer piece of temperature (CalTRACK 3.10.3). */
const leastHours = 20;

/**
 * Hours of the week in which more is used than the weather explains: where of the residuals of energy over degrees below 50 °F
 * and above 65 °F more than 65 % lie above 0 (Mathieu et al. 2011, III.A; CalTRACK 3.9).
 */
export function occupiedHours(frame: BaselineFrame, weights?: Float64Array): number[] {
  const terms: Terms = { ...plainTerms, heating: 10, cooling: 18.333333333333332 };
  const { fitted } = regression(designOf(frame.temperature ? terms : plainTerms, frame).columns, frame.rate, weights);
  const above = new Float64Array(168);
  const count = new Float64Array(168);
  for (let row = 0; row < frameLength(frame); row++) {
    const hour = frame.hourOfWeek[row]!;
    count[hour]!++;
    if (frame.rate[row]! > fitted[row]!) above[hour]!++;
  }
  return Array.from({ length: 168 }, (_, hour) => hour).filter((hour) => above[hour]! / count[hour]! > 0.65);
}

/** The ends that stay when outer pieces with too few hours are joined with their neighbours. */
export function usableEnds(temperatures: readonly number[], ends: readonly number[]): number[] {
  const kept = [...ends];
  const count = (low: number, high: number) => temperatures.filter((value) => value > low && value <= high).length;
  while (kept.length > 0 && count(Number.NEGATIVE_INFINITY, kept[0]!) < leastHours) kept.shift();
  while (kept.length > 0 && count(kept.at(-1)!, Number.POSITIVE_INFINITY) < leastHours) kept.pop();
  return kept;
}

/** Temperatures of the hours that are (1) or are not (0) among these. */
export function temperaturesOf(frame: BaselineFrame, occupied: readonly number[], wanted: 0 | 1): number[] {
  const is = new Uint8Array(168);
  for (const hour of occupied) is[hour] = 1;
  return Array.from(frame.temperature!).filter((_, row) => is[frame.hourOfWeek[row]!] === wanted);
}
