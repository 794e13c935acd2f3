import type { EvidenceMethod } from '@millwright/ledger';
import { combineAmounts } from '../analysis/combine.ts';
import { type IntervalAmounts, toIntervalAmounts } from '../analysis/interval-amounts.ts';
import type { Series } from '../analysis/series.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { type Bill, billOf } from '../tariff/bill.ts';
import { tariffCost } from '../tariff/cost.ts';
import type { Tariff } from '../tariff/tariff.ts';

export const billMethodId = 'energy.bill';

export type BillRole = 'active' | 'lagging' | 'leading';

export interface BillParameters {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  /** The tariffs that hold one after the other, whole: a later version must not change a bill. */
  readonly segments: readonly {
    readonly from: string;
    readonly to: string;
    readonly tariff: Tariff;
    readonly transformerCapacitykVA: number | null;
  }[];
  /** In the order of the finding's inputs. */
  readonly meters: readonly (MeterParameters & { readonly role: BillRole })[];
}

/** Adds the meters up and bills them, tariff after tariff; see `tariffCost` for how. */
export function billMethod(readings: Readings): EvidenceMethod {
  return {
    id: billMethodId,
    version: '2',
    description:
      'Cost of the energy of a site or meter by month, period of use and component under its tariffs, as modules/energy/README.md describes it.',
    async run(parameters, inputs): Promise<Bill> {
      const { timezone, segments, meters } = parameters as BillParameters;
      const series: Series[] = [];
      for (const input of inputs) series.push(await readings.read(input));
      const costs = segments.map(({ from, to, tariff, transformerCapacitykVA }) => {
        const period = { from: Date.parse(from), to: Date.parse(to), timezone, intervalMinutes: 15 } as const;
        const amounts = (wanted: BillRole, unit: string): IntervalAmounts | undefined => {
          const of = meters.flatMap(({ role, facts }, index) =>
            role === wanted ? [toIntervalAmounts(series[index]!, facts, { ...period, unit, convert })] : [],
          );
          return of.length === 0 ? undefined : combineAmounts(of);
        };
        const [lagging, leading] = [amounts('lagging', 'kvar.h'), amounts('leading', 'kvar.h')];
        return tariffCost({
          tariff,
          active: amounts('active', tariff.energyUnit)!,
          ...(lagging && { lagging }),
          ...(leading && { leading }),
          ...(transformerCapacitykVA !== null && { transformerCapacitykVA }),
        });
      });
      return billOf(costs);
    },
  };
}
