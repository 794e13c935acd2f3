import type { ActivityLineInput } from '../emissions/activity-line.ts';
import { type FactorLibrary, selectFactor } from '../factors/library.ts';
import type { ActivityYear } from './activity-file.ts';

/** Grid factor of a year for which none was named: the trading scheme's newest known one, as NDRC's guides ask for the latest published. */
export function defaultElectricityFactor(library: FactorLibrary, year: number): string {
  return selectFactor(library, { region: 'CN', year, family: 'trading-scheme', latestKnown: true }).id;
}

export const defaultHeatFactor = 'cn-heat-default';

/** Which electricity factor an entry is calculated with. */
export type FactorChoice = (entry: { site?: string; factor?: string }) => string;

type ElectricityEntry = NonNullable<ActivityYear['electricity']>[number];

/** The year's electricity entry by entry, whichever way it was given. */
export function electricityEntries(year: ActivityYear): ElectricityEntry[] {
  if (year.electricity) return year.electricity;
  if (year.electricityMWh === undefined) return [];
  if (typeof year.electricityMWh === 'string') return [{ quantity: year.electricityMWh, unit: 'MWh' }];
  return Object.entries(year.electricityMWh).map(([site, quantity]) => ({ site, quantity, unit: 'MWh' }));
}

/** The activity lines of one year for `calculateEmissions`. */
export function linesOfYear(label: string, year: ActivityYear, factorOf: FactorChoice): ActivityLineInput[] {
  const name = (kind: string, index: number, entry: { site?: string }) =>
    `${label} ${kind} ${index + 1}${entry.site ? ` ${entry.site}` : ''}`;
  return [
    ...electricityEntries(year).map((entry, index): ActivityLineInput => {
      const residualFactor = entry.residualFactor ?? year.residualFactor;
      return {
        ...entry,
        kind: 'electricity',
        id: name('electricity', index, entry),
        factor: factorOf(entry),
        ...(residualFactor === undefined ? {} : { residualFactor }),
      };
    }),
    ...(year.fuels ?? []).map(
      (entry, index): ActivityLineInput => ({ ...entry, kind: 'fuel', id: name('fuel', index, entry) }),
    ),
    ...(year.heat ?? []).map(
      (entry, index): ActivityLineInput => ({
        ...entry,
        kind: 'heat',
        id: name('heat', index, entry),
        factor: entry.factor ?? defaultHeatFactor,
      }),
    ),
  ];
}

/** Whether the year says anything about contracts, so that the market-based figure differs in meaning from the location's. */
export function hasMarketData(year: ActivityYear): boolean {
  return (
    year.residualFactor !== undefined ||
    electricityEntries(year).some(
      (entry) => entry.residualFactor || entry.certificates?.length || entry.claimedRenewableMWh !== undefined,
    )
  );
}
