import { Decimal } from 'decimal.js';

export const powerFactorStandards = ['0.90', '0.85', '0.80'] as const;
export type PowerFactorStandard = (typeof powerFactorStandards)[number];

/** Up to which power factor (in hundredths) the reduction grows, by standard. */
const reductionEnds: Record<PowerFactorStandard, number> = { '0.90': 95, '0.85': 94, '0.80': 92 };

/**
 * Percent that a Chinese bill changes by for its monthly average power factor, negative for a reduction
 * (功率因数调整电费办法, 水电财字第215号, 1983).
 *
 * Surcharge: 0.5 % per 0.01 below the standard for the first 0.20, 1 % for the next 0.05, 2 % beyond. Reduction: 0.1 %
 * per 0.01 above it up to 0.90, 0.15 % from there, ending at 0.95, 0.94 and 0.92 for the standards 0.90, 0.85 and 0.80
 * (at most 0.75, 1.10 and 1.30 %). The power factor is rounded to two places first, as the rule does.
 *
 * Written from knowledge of the three published tables, whose rows these steps reproduce; compare with the supplier's
 * bill before relying on it, since provinces may bill by rules of their own.
 */
export function powerFactorAdjustment(powerFactor: number, standard: PowerFactorStandard): number {
  const hundredths = new Decimal(powerFactor).times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
  const target = Math.round(Number(standard) * 100);
  const below = target - hundredths;
  if (below > 0) return (50 * Math.min(below, 20) + 100 * between(below, 20, 25) + 200 * Math.max(below - 25, 0)) / 100;
  const reached = Math.min(hundredths, reductionEnds[standard]);
  const reduction = 10 * between(reached, target, 90) + 15 * Math.max(reached - 90, 0);
  return reduction === 0 ? 0 : -reduction / 100;
}

/** How much of the stretch from `low` to `high` lies below `value`. */
function between(value: number, low: number, high: number): number {
  return Math.max(0, Math.min(value, high) - low);
}
