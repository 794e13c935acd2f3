import type { EvidenceMethod } from '@millwright/ledger';
import type { IntervalMinutes } from '../analysis/grid.ts';
import { buildReport, type EnergyReport, type MeteredSeries } from '../analysis/report.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';

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
      const metered = new Map<string, MeteredSeries>();
      for (const [index, { role, facts }] of meters.entries())
        metered.set(role, { series: await readings.read(inputs[index]!), facts });
      return buildReport({
        ...metered.get('active')!,
        lagging: metered.get('lagging'),
        leading: metered.get('leading'),
        from: Date.parse(from),
        to: Date.parse(to),
        timezone,
        ...(intervalMinutes !== null && { intervalMinutes }),
        ...(carrier !== null && { carrier }),
        convert,
      });
    },
  };
}
