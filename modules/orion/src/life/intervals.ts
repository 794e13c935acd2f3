import type { Remaining } from './types.ts';

/** What was told of units that were held out, and what was true, at many of their rows. */
export interface HeldOut {
  /** Number of the unit that a row belongs to. */
  readonly unit: Int32Array;
  readonly told: Float64Array;
  readonly actual: Float64Array;
}

/** Lower and upper end of how much the truth lies above what was told, at even places of the estimate from 0 to the cap. */
export interface Intervals {
  readonly cap: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

const placeCount = 26;
/** Estimates so near, as a share of the cap, err alike. */
const nearShare = 0.1;
/** An interval stands on at least so many units. */
const leastUnits = 8;

/**
 * Split conformal intervals (Vovk et al., 2005; Lei et al., 2018) on errors of held-out units, each end by its own quantile, from
 * the estimates near each place: near the failure all is surer than halfway. A unit counts as one, however many of its rows lie near,
 * and the level is that of so many units.
 */
export function fitIntervals(held: HeldOut, cap: number, coverage: number): Intervals {
  const [lower, upper] = [new Float64Array(placeCount), new Float64Array(placeCount)];
  const errors = Float64Array.from(held.told, (told, row) => held.actual[row]! - told);
  const order = Int32Array.from(held.told, (_, row) => row).sort((a, b) => errors[a]! - errors[b]! || a - b);
  for (let index = 0; index < placeCount; index++) {
    const place = (index * cap) / (placeCount - 1);
    let near = nearShare * cap;
    let counts = nearRows(held, place, near);
    while (counts.size < leastUnits && near <= cap) {
      near *= 1.5;
      counts = nearRows(held, place, near);
    }
    const units = counts.size;
    const tail = Math.max(0, ((1 - coverage) / 2) * (1 + 1 / units) - 1 / units);
    let [sum, low, high] = [0, Number.NaN, 0];
    for (const row of order) {
      if (Math.abs(held.told[row]! - place) > near) continue;
      if (sum > 1 - tail) break;
      sum += 1 / (counts.get(held.unit[row]!)! * units);
      if (Number.isNaN(low) && sum > tail) low = errors[row]!;
      high = errors[row]!;
    }
    lower[index] = Math.min(0, low);
    upper[index] = Math.max(0, high);
  }
  return { cap, lower, upper };
}

/** How many rows of each unit were told about so much. */
function nearRows({ told, unit }: HeldOut, place: number, near: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let row = 0; row < told.length; row++)
    if (Math.abs(told[row]! - place) <= near) counts.set(unit[row]!, (counts.get(unit[row]!) ?? 0) + 1);
  return counts;
}

export function withInterval({ cap, lower, upper }: Intervals, estimate: number): Remaining {
  const at = (Math.max(0, Math.min(cap, estimate)) / cap) * (placeCount - 1);
  const below = Math.min(placeCount - 2, Math.floor(at));
  const between = (ends: Float64Array) => ends[below]! + (at - below) * (ends[below + 1]! - ends[below]!);
  return {
    estimate,
    low: Math.max(0, estimate + between(lower)),
    high: Math.min(cap, estimate + between(upper)),
  };
}
