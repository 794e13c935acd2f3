import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';
import type { IntervalAmounts } from './interval-amounts.ts';
import { type PowerFactor, powerFactor, type ReactiveRule } from './power-factor.ts';
import { sum } from './sum.ts';
import { buckets } from './totals.ts';

export interface ReactiveAmounts {
  /** All in the same base (kW.h and kvar.h) and on the same grid. */
  readonly active: IntervalAmounts;
  readonly lagging?: IntervalAmounts;
  readonly leading?: IntervalAmounts;
}

/** Average power factor of each local month, as bills take it. Throws ENERGY_PERIOD_INVALID when the grids differ. */
export function powerFactorByMonth(
  { active, lagging, leading }: ReactiveAmounts,
  rule?: ReactiveRule,
): (PowerFactor & { readonly month: string })[] {
  for (const other of [lagging, leading])
    if (other && (other.grid.start !== active.grid.start || other.grid.count !== active.grid.count))
      throw energyErrors.ENERGY_PERIOD_INVALID({ reason: energyReasons['grid-reactive']() });
  return buckets(active.grid, 'month').map(({ key, first, last }) => {
    const energy = (amounts?: IntervalAmounts) => (amounts ? sum(amounts.amount, first, last) : 0);
    return {
      month: key,
      ...powerFactor({ active: energy(active), lagging: energy(lagging), leading: energy(leading) }, rule),
    };
  });
}
