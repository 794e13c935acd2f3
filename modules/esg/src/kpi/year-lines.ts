import type { ActivityLineInput } from '../emissions/activity-line.ts';
import type { FactorChoice } from '../factors/factor-choice.ts';
import type { ActivityYear } from './activity-file.ts';

type ElectricityEntry = NonNullable<ActivityYear['electricity']>[number];

/** The year's electricity entry by entry, whichever way it was given. */
export function electricityEntries(year: ActivityYear): ElectricityEntry[] {
  if (year.electricity) return year.electricity;
  if (year.electricityMWh === undefined) return [];
  if (typeof year.electricityMWh === 'string') return [{ quantity: year.electricityMWh, unit: 'MWh' }];
  return Object.entries(year.electricityMWh).map(([site, quantity]) => ({ site, quantity, unit: 'MWh' }));
}

/** The activity lines of one year for `calculateEmissions`. `assumed` is the region of what names none and has no factor. */
export function linesOfYear(
  label: string,
  year: ActivityYear,
  choice: FactorChoice,
  assumed?: string,
): ActivityLineInput[] {
  const name = (kind: string, index: number, entry: { site?: string }) =>
    `${label} ${kind} ${index + 1}${entry.site ? ` ${entry.site}` : ''}`;
  const facts = (entry: { region?: string }, factor: string | undefined) =>
    factor === undefined ? { region: entry.region ?? assumed } : { factor };
  return [
    ...electricityEntries(year).map((entry, index): ActivityLineInput => {
      const residualFactor = choice.residual(entry);
      return {
        ...entry,
        kind: 'electricity',
        id: name('electricity', index, entry),
        ...facts(entry, choice.electricity(entry)),
        ...(residualFactor !== undefined && { residualFactor }),
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
        ...facts(entry, choice.heat(entry)),
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
