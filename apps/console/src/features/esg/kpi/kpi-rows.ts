import type { KpiKey, KpiTable } from '../types.ts';

/** Unit of each row; the record is complete by its type. */
const units: Record<KpiKey, string> = {
  ghgTotal_tCO2e: 't CO₂e',
  ghgScope1_tCO2e: 't CO₂e',
  ghgScope2_tCO2e: 't CO₂e',
  ghgScope2Market_tCO2e: 't CO₂e',
  ghgIntensity_tCO2e_per_m2: 't CO₂e/m²',
  energyTotal_MWh: 'MWh',
  energyDirect_MWh: 'MWh',
  energyIndirect_MWh: 'MWh',
  energyIntensity_MWh_per_m2: 'MWh/m²',
  waterTotal_t: 't',
  waterIntensity_t_per_m2: 't/m²',
};

export type KpiGroup = 'ghg' | 'energy' | 'water';

export interface KpiRow {
  readonly key: KpiKey;
  readonly group: KpiGroup;
  readonly unit: string;
  /** Totals stand out; what is part of them is set in. */
  readonly level: 'total' | 'part' | 'intensity';
  readonly current?: string;
  readonly previous?: string;
  readonly change?: NonNullable<KpiTable['changes'][KpiKey]>;
}

const groupOf = (key: KpiKey): KpiGroup =>
  key.startsWith('ghg') ? 'ghg' : key.startsWith('energy') ? 'energy' : 'water';

function levelOf(key: KpiKey): KpiRow['level'] {
  if (key.includes('Intensity')) return 'intensity';
  return key.includes('Total') ? 'total' : 'part';
}

/** A figure that lacks something is at least what it says. */
const marked = (value: string | undefined, isIncomplete: boolean | '' | undefined): string | undefined =>
  value !== undefined && isIncomplete ? `≥ ${value}` : value;

/** The rows of a table in the order in which it is printed; rows that neither year has are left out. */
export function kpiRows({ reportingYear, previousYear, years, incomplete, changes }: KpiTable): KpiRow[] {
  const current = years[reportingYear] ?? {};
  const previous = (previousYear && years[previousYear]) || {};
  return (Object.keys(units) as KpiKey[]).flatMap((key) =>
    current[key] === undefined && previous[key] === undefined
      ? []
      : [
          {
            key,
            group: groupOf(key),
            unit: units[key],
            level: levelOf(key),
            current: marked(current[key], incomplete[reportingYear]?.includes(key)),
            previous: marked(previous[key], previousYear && incomplete[previousYear]?.includes(key)),
            change: changes[key],
          },
        ],
  );
}

/** Up, down or the same, by the exact difference and not by what is printed. */
export const directionOf = (difference: string): 'up' | 'down' | 'same' =>
  /[1-9]/.test(difference) ? (difference.startsWith('-') ? 'down' : 'up') : 'same';
