import type { EvidenceMethod } from '@millwright/ledger';
import { type Balance, balance, type MeterValue } from '../analysis/balance.ts';
import { consumption } from '../analysis/consumption.ts';
import type { MeterNode } from '../analysis/meter-tree.ts';
import type { Carrier } from '../carrier.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { amountsOf } from '../work/amounts.ts';

export const consumptionMethodId = 'energy.consumption';

export interface ConsumptionParameters {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly carriers: readonly {
    readonly carrier: Carrier;
    readonly unit: string;
    readonly tree: readonly MeterNode[];
  }[];
  /** In the order of the finding's inputs, with the carrier's unit. */
  readonly meters: readonly (MeterParameters & { readonly unit: string })[];
}

export interface ConsumptionOutput {
  readonly from: string;
  readonly to: string;
  readonly carriers: readonly (Omit<Balance, 'flow'> & { readonly carrier: Carrier })[];
}

/** Every meter of a part of the plant from its readings, added up along the tree as it was. */
export function consumptionMethod(readings: Readings): EvidenceMethod {
  return {
    id: consumptionMethodId,
    version: '2',
    description: 'Consumption by carrier over the tree of meters of a part of the plant, with what is unmetered.',
    async run(parameters, inputs): Promise<ConsumptionOutput> {
      const { from, to, timezone, carriers, meters } = parameters as ConsumptionParameters;
      const period = { from: Date.parse(from), to: Date.parse(to), timezone, intervalMinutes: 15 } as const;
      const values = new Map<string, MeterValue>();
      // One after the other: a year of fifty meters would not fit into memory at once.
      for (const [index, { pointId, name, facts, unit }] of meters.entries()) {
        const series = await readings.read(inputs[index]!);
        const [amounts] = await amountsOf(series, facts, [{ ...period, unit, convert }]);
        const { value, coveredHours, hours } = consumption(amounts!);
        values.set(pointId, { id: pointId, name, value, coverage: coveredHours / hours });
      }
      return {
        from,
        to,
        carriers: carriers.map(({ carrier, unit, tree }) => {
          const { flow: _, ...rest } = balance(tree, values, unit);
          return { carrier, ...rest };
        }),
      };
    },
  };
}
