import { expect, it } from 'vitest';
import type { KpiTable } from '../types.ts';
import { kpiCsv } from './kpi-csv.ts';
import { kpiRows } from './kpi-rows.ts';

it('gives the printed figures and the exact ones beside them', () => {
  const table = {
    reportingYear: '2023',
    previousYear: '2022',
    years: { 2023: { ghgTotal_tCO2e: '1,531.57' }, 2022: { ghgTotal_tCO2e: '586.86' } },
    incomplete: { 2023: [], 2022: ['ghgTotal_tCO2e'] },
    exact: { 2023: { ghgTotal_tCO2e: '1531.565224' }, 2022: { ghgTotal_tCO2e: '586.855809' } },
    changes: { ghgTotal_tCO2e: { difference: '944.7', printed: '944.71', percent: '161.0%' } },
  } as unknown as KpiTable;
  const words = { indicator: 'Indicator', unit: 'Unit', change: 'Change', exact: 'exact', name: () => 'Emissions' };
  expect(kpiCsv(table, kpiRows(table), words).slice(1).split('\r\n').slice(0, 2)).toEqual([
    'Indicator,Unit,2023,2022,Change %,2023 exact,2022 exact',
    'Emissions,t CO₂e,"1,531.57",≥ 586.86,161.0%,1531.565224,586.855809',
  ]);
});
