import type { EvidenceMethod } from '@millwright/ledger';
import { combineAmounts } from '../analysis/combine.ts';
import type { IntervalAmounts } from '../analysis/interval-amounts.ts';
import { type SpecificEnergy, specificEnergy } from '../analysis/specific-energy.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { amountsOf } from '../work/amounts.ts';

export const specificMethodId = 'energy.specific';

export interface SpecificParameters {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly unit: string;
  readonly by: 'day' | 'week' | 'month';
  /** In the order of the finding's inputs; exactly one makes, the others use. */
  readonly meters: readonly (MeterParameters & { readonly role: 'energy' | 'production' })[];
}

/** Energy over production, hour by hour, over the hours in which both are known. */
export function specificMethod(readings: Readings): EvidenceMethod {
  return {
    id: specificMethodId,
    version: '2',
    description: 'Energy used per unit produced over the hours in which both are known (energy intensity, ISO 50006).',
    async run(parameters, inputs): Promise<SpecificEnergy> {
      const { from, to, timezone, unit, by, meters } = parameters as SpecificParameters;
      const period = { from: Date.parse(from), to: Date.parse(to), timezone, intervalMinutes: 60 } as const;
      const amounts: { role: string; amounts: IntervalAmounts }[] = [];
      for (const [index, { role, facts }] of meters.entries()) {
        const series = await readings.read(inputs[index]!);
        const target = role === 'energy' ? { unit } : {};
        const [made] = await amountsOf(series, facts, [{ ...period, ...target, convert }]);
        amounts.push({ role, amounts: made! });
      }
      const of = (wanted: string) => amounts.filter(({ role }) => role === wanted).map((one) => one.amounts);
      return specificEnergy(combineAmounts(of('energy')), combineAmounts(of('production')), by);
    },
  };
}
