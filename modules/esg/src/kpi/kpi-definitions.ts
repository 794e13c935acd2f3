/** One row of the environmental table: its key in files and scripts, its unit, and how many decimals are printed. */
export interface KpiDefinition {
  readonly key: KpiKey;
  readonly label: string;
  readonly unit: string;
  readonly places: number;
}

export const kpiKeys = [
  'ghgTotal_tCO2e',
  'ghgScope1_tCO2e',
  'ghgScope2_tCO2e',
  'ghgScope2Market_tCO2e',
  'ghgIntensity_tCO2e_per_m2',
  'energyTotal_MWh',
  'energyDirect_MWh',
  'energyIndirect_MWh',
  'energyIntensity_MWh_per_m2',
  'waterTotal_t',
  'waterIntensity_t_per_m2',
] as const;
export type KpiKey = (typeof kpiKeys)[number];

/** In the order in which the table prints them. */
export const kpiDefinitions: readonly KpiDefinition[] = [
  { key: 'ghgTotal_tCO2e', label: 'Greenhouse gas emissions, total', unit: 't CO2e', places: 2 },
  { key: 'ghgScope1_tCO2e', label: 'Direct emissions (Scope 1)', unit: 't CO2e', places: 2 },
  {
    key: 'ghgScope2_tCO2e',
    label: 'Emissions of purchased energy (Scope 2, location-based)',
    unit: 't CO2e',
    places: 2,
  },
  {
    key: 'ghgScope2Market_tCO2e',
    label: 'Emissions of purchased energy (Scope 2, market-based)',
    unit: 't CO2e',
    places: 2,
  },
  { key: 'ghgIntensity_tCO2e_per_m2', label: 'Emissions per floor area', unit: 't CO2e/m2', places: 2 },
  { key: 'energyTotal_MWh', label: 'Energy consumption, total', unit: 'MWh', places: 2 },
  { key: 'energyDirect_MWh', label: 'Direct energy (fuels)', unit: 'MWh', places: 2 },
  { key: 'energyIndirect_MWh', label: 'Indirect energy (purchased)', unit: 'MWh', places: 2 },
  { key: 'energyIntensity_MWh_per_m2', label: 'Energy per floor area', unit: 'MWh/m2', places: 2 },
  { key: 'waterTotal_t', label: 'Water consumption, total', unit: 't', places: 0 },
  { key: 'waterIntensity_t_per_m2', label: 'Water per floor area', unit: 't/m2', places: 2 },
];
