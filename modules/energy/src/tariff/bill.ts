import { Decimal as DecimalJs } from 'decimal.js';
import { energyErrors } from '../errors.ts';
import { type Cost, type CostComponent, costComponents, type MonthCost } from './cost.ts';
import { type TouPeriod, touPeriods } from './tariff.ts';

// As exact as the costs that are added up here.
const Decimal = DecimalJs.clone({ precision: 100, toExpNeg: -60, toExpPos: 60 });

/** Costs under the tariffs that followed each other in a period. */
export interface Bill {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** In the order of time. */
  readonly tariffs: readonly (Cost['tariff'] & { readonly from: string; readonly to: string })[];
  /** A month in which the tariff changed is there once for each. */
  readonly months: readonly (MonthCost & { readonly tariff: string })[];
  readonly byComponent: Record<CostComponent, string>;
  readonly byPeriod: Cost['byPeriod'];
  readonly total: string;
}

const add = (values: readonly string[]) => values.reduce((all, value) => all.plus(value), new Decimal(0)).toFixed();

/** Puts the costs of neighbouring periods together; exact to the last digit. Throws ENERGY_BILL_CURRENCIES. */
export function billOf(costs: readonly Cost[]): Bill {
  const currencies = [...new Set(costs.map(({ currency }) => currency))];
  if (currencies.length !== 1) throw energyErrors.ENERGY_BILL_CURRENCIES({ currencies });
  const ofPeriod = (period: TouPeriod) =>
    costs.flatMap(({ byPeriod }) => byPeriod.filter((one) => one.period === period));
  return {
    from: costs[0]!.from,
    to: costs.at(-1)!.to,
    currency: currencies[0]!,
    tariffs: costs.map(({ tariff, from, to }) => ({ ...tariff, from, to })),
    months: costs.flatMap(({ tariff, months }) =>
      months.map((month) => ({ ...month, tariff: `${tariff.id}@${tariff.version}` })),
    ),
    byComponent: Object.fromEntries(
      costComponents.map((component) => [component, add(costs.map(({ byComponent }) => byComponent[component]))]),
    ) as Record<CostComponent, string>,
    byPeriod: touPeriods.flatMap((period) => {
      const parts = ofPeriod(period);
      if (parts.length === 0) return [];
      const amount = parts.reduce((all, part) => all + part.amount, 0);
      return [{ period, amount, cost: add(parts.map(({ cost }) => cost)) }];
    }),
    total: add(costs.map(({ total }) => total)),
  };
}
