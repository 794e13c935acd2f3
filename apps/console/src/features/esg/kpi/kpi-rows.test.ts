import { describe, expect, it } from 'vitest';
import type { KpiTable } from '../types.ts';
import { directionOf, kpiRows } from './kpi-rows.ts';

const table = {
  reportingYear: '2023',
  previousYear: '2022',
  years: {
    2023: { waterTotal_t: '2,711', ghgTotal_tCO2e: '531.57', ghgIntensity_tCO2e_per_m2: '0.03' },
    2022: { ghgTotal_tCO2e: '586.86' },
  },
  incomplete: { 2023: [], 2022: [] },
  changes: { ghgTotal_tCO2e: { difference: '-55.290585', printed: '-55.29', percent: '-9.4%' } },
} as unknown as KpiTable;

describe('kpiRows', () => {
  it('come in the order of the printed table, with both years as they were printed', () => {
    const rows = kpiRows(table);
    expect(rows.map(({ key }) => key)).toEqual(['ghgTotal_tCO2e', 'ghgIntensity_tCO2e_per_m2', 'waterTotal_t']);
    expect(rows[0]).toMatchObject({
      current: '531.57',
      previous: '586.86',
      change: { percent: '-9.4%' },
      level: 'total',
    });
    expect(rows[1]?.level).toBe('intensity');
    expect(rows[2]).toMatchObject({ group: 'water', current: '2,711', previous: undefined });
  });
  it('mark what lacks something as the least that it is', () =>
    expect(kpiRows({ ...table, incomplete: { 2023: ['ghgTotal_tCO2e'], 2022: [] } })[0]).toMatchObject({
      current: '≥ 531.57',
      previous: '586.86',
    }));
  it('stand alone where there is no year before', () =>
    expect(kpiRows({ ...table, previousYear: undefined })[0]?.previous).toBeUndefined());
});

describe('directionOf', () => {
  it('goes by the exact difference', () => {
    expect(directionOf('-0.0001')).toBe('down');
    expect(directionOf('12')).toBe('up');
    expect(directionOf('0.00')).toBe('same');
  });
});
