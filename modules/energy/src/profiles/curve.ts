import type { DemandProfile } from '../analysis/demand-profile.ts';

export interface DemandCurve {
  readonly from: string;
  readonly stepMinutes: number;
  readonly mean: (number | null)[];
  readonly maximum: (number | null)[];
}

/** Demand for a chart of at most `most` columns: neighbouring intervals drawn together, their highest kept. */
export function demandCurve({ grid, demand }: DemandProfile, most = 2000): DemandCurve {
  const group = Math.ceil(grid.count / most);
  const mean: (number | null)[] = [];
  const maximum: (number | null)[] = [];
  for (let first = 0; first < grid.count; first += group) {
    let [total, seen, highest] = [0, 0, Number.NEGATIVE_INFINITY];
    for (const value of demand.subarray(first, first + group)) {
      if (Number.isNaN(value)) continue;
      total += value;
      seen += 1;
      if (value > highest) highest = value;
    }
    mean.push(seen === 0 ? null : total / seen);
    maximum.push(seen === 0 ? null : highest);
  }
  return { from: grid.clock.iso(grid.start), stepMinutes: group * grid.intervalMinutes, mean, maximum };
}
