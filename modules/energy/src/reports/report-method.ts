import type { EvidenceMethod } from '@millwright/ledger';
import type { IntervalMinutes } from '../analysis/grid.ts';
import type { IntervalAmounts } from '../analysis/interval-amounts.ts';
import { type EnergyReport, reportOf, reportOptions } from '../analysis/report.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { amountsOf } from '../work/amounts.ts';

export const reportMethodId = 'energy.report';

/** Everything but the readings that a report follows from. */
export interface ReportParameters {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly intervalMinutes: IntervalMinutes | null;
  readonly carrier: string | null;
  /** In the order of the finding's inputs. */
  readonly meters: readonly (MeterParameters & { readonly role: 'active' | 'lagging' | 'leading' })[];
}

/** Reads the same window again and analyses it; see `buildReport` for the methods and where they come from. */
export function reportMethod(readings: Readings): EvidenceMethod {
  return {
    id: reportMethodId,
    version: '2',
    description:
      'Consumption, peak demand, load factor, base load, gaps and power factor of one meter over a period, as modules/energy/README.md describes them.',
    async run(parameters, inputs): Promise<EnergyReport> {
      const { from, to, timezone, intervalMinutes, carrier, meters } = parameters as ReportParameters;
      const period = { from: Date.parse(from), to: Date.parse(to), timezone, convert };
      const amounts = new Map<string, IntervalAmounts>();
      let options: ReturnType<typeof reportOptions> | undefined;
      // One after the other, the active one first: its rhythm decides the interval of all.
      for (const [index, { role, facts }] of meters.entries()) {
        const series = await readings.read(inputs[index]!);
        options ??= reportOptions({
          ...{ ...period, series, facts },
          ...(intervalMinutes !== null && { intervalMinutes }),
        });
        const [made] = await amountsOf(series, facts, [role === 'active' ? options.active : options.reactive]);
        amounts.set(role, made!);
      }
      return reportOf({
        active: amounts.get('active')!,
        ...{ lagging: amounts.get('lagging'), leading: amounts.get('leading') },
        ...(carrier !== null && { carrier }),
      });
    },
  };
}
