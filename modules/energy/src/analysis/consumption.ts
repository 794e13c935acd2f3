import type { IntervalAmounts } from './interval-amounts.ts';
import { sum } from './sum.ts';

export interface Consumption {
  /** Sum of what readings account for; null when there are none. Never scaled up for gaps. */
  readonly value: number | null;
  readonly unit: string;
  /** Parts of `value`. */
  readonly estimated: number;
  readonly substituted: number;
  /** Hours that readings speak for, and hours of the period. */
  readonly coveredHours: number;
  readonly hours: number;
}

export function consumption(amounts: IntervalAmounts): Consumption {
  const { grid, coverage } = amounts;
  const covered = sum(coverage);
  return {
    value: covered === 0 ? null : sum(amounts.amount),
    unit: amounts.unit,
    estimated: sum(amounts.estimated),
    substituted: sum(amounts.substituted),
    coveredHours: (covered * grid.step) / 3_600_000,
    hours: (grid.end - grid.start) / 3_600_000,
  };
}
