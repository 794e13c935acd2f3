import type { EvidenceMethod } from '@millwright/ledger';
import { combineAmounts } from '../analysis/combine.ts';
import type { IntervalAmounts } from '../analysis/interval-amounts.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { type Bill, billOf } from '../tariff/bill.ts';
import { tariffCost } from '../tariff/cost.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { amountsOf } from '../work/amounts.ts';

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
      const made: { role: BillRole; amounts: IntervalAmounts[] }[] = [];
      // One meter after the other: a year of several would not fit into memory at once.
      for (const [index, { role, facts }] of meters.entries()) {
        const options = segments.map(({ from, to, tariff }) => ({
          ...{ from: Date.parse(from), to: Date.parse(to), timezone, intervalMinutes: 15 as const, convert },
          unit: role === 'active' ? tariff.energyUnit : 'kvar.h',
        }));
        made.push({ role, amounts: await amountsOf(await readings.read(inputs[index]!), facts, options) });
      }
      const costs = segments.map(({ tariff, transformerCapacitykVA }, segment) => {
        const amounts = (wanted: BillRole): IntervalAmounts | undefined => {
          const of = made.flatMap((one) => (one.role === wanted ? [one.amounts[segment]!] : []));
          return of.length === 0 ? undefined : combineAmounts(of);
        };
        const [lagging, leading] = [amounts('lagging'), amounts('leading')];
        return tariffCost({
          tariff,
          active: amounts('active')!,
          ...(lagging && { lagging }),
          ...(leading && { leading }),
          ...(transformerCapacitykVA !== null && { transformerCapacitykVA }),
        });
      });
      return billOf(costs);
    },
  };
}
