import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kpiTable } from './kpi-table.ts';

const environment = {
  floorAreaM2ForCheck: { '2023': 19000, '2022': 25000 },
  activity: {
    '2023': { electricityMWh: '932.08', waterTonnes: '2711' },
    '2022': { electricityMWh: '1029.03', waterTonnes: '2016' },
  },
};

const published = {
  '2023': {
    ghgTotal_tCO2e: '531.57',
    ghgScope2_tCO2e: '531.57',
    ghgIntensity_tCO2e_per_m2: '0.03',
    energyTotal_MWh: '932.08',
    energyIndirect_MWh: '932.08',
    energyIntensity_MWh_per_m2: '0.05',
    waterTotal_t: '2,711',
    waterIntensity_t_per_m2: '0.14',
  },
  '2022': {
    ghgTotal_tCO2e: '586.86',
    ghgScope2_tCO2e: '586.86',
    ghgIntensity_tCO2e_per_m2: '0.02',
    energyTotal_MWh: '1,029.03',
    energyIndirect_MWh: '1,029.03',
    energyIntensity_MWh_per_m2: '0.04',
    waterTotal_t: '2,016',
    waterIntensity_t_per_m2: '0.08',
  },
};

/** The same facts in the format of the product. */
const own = {
  recalculatePreviousYearWith: 'current',
  years: {
    '2023': {
      factor: 'cn-grid-ets-2022',
      electricityMWh: { Beijing: '510.50', Shanghai: '421.58' },
      waterTonnes: '2711',
      floorAreaM2: { Beijing: '10000', Shanghai: '9000' },
    },
    '2022': { factor: 'cn-grid-ets-2021', electricityMWh: '1029.03', waterM3: 2016, floorAreaM2: 25000 },
  },
};

describe('the key figures of a year beside the year before', () => {
  it.each([
    ['the environment part of a file of published figures', environment],
    ['a whole file of published figures', { reportingPeriod: { to: '2023-12-31' }, environment, workforce: {} }],
    ['the documented format', own],
  ])('reproduce the published table to its last printed digit from %s', (_, input) => {
    expect(kpiTable(input).years).toEqual(published);
  });

  const reference = process.env.MILLWRIGHT_TEST_REFERENCE;
  const file = reference ? join(reference, 'esg-2023-figures.json') : '';
  it.runIf(existsSync(file))('reproduce the table of the reference file', () => {
    const figures = JSON.parse(readFileSync(file, 'utf8'));
    expect(kpiTable(figures).years).toEqual(figures.environment.published);
  });

  it('keep the exact values beside the printed ones', () => {
    const { exact } = kpiTable(environment);
    expect(exact['2023']?.ghgTotal_tCO2e).toBe('531.565224');
    expect(exact['2022']?.ghgTotal_tCO2e).toBe('586.855809');
    expect(exact['2022']?.waterIntensity_t_per_m2).toBe('0.08064');
  });

  it('say which factor each year used, and that none was named', () => {
    const table = kpiTable(environment);
    expect(table.factors['2023']?.map((factor) => factor.id)).toEqual(['cn-grid-ets-2022']);
    expect(table.factors['2022']?.map((factor) => factor.id)).toEqual(['cn-grid-ets-2022']);
    const said = table.notes.map(({ code, about }) => [code, about]);
    expect(said.slice(0, 4)).toEqual([
      ['esg.area-for-check', undefined],
      ['esg.year-recalculated', undefined],
      ['esg.region-assumed', '2023'],
      ['esg.factor-default', '2023'],
    ]);
    expect(table.notes[3]!.values).toEqual({
      what: { term: 'carrier.electricity' },
      region: 'CN',
      factor: 'cn-grid-ets-2022',
    });
  });

  it('print no emissions and energy of a year of which only the water is known', () => {
    const { years, exact } = kpiTable({ years: { 2023: { waterM3: '10', floorAreaM2: '100' } } });
    expect(years['2023']).toEqual({ waterTotal_t: '10', waterIntensity_t_per_m2: '0.10' });
    expect(exact['2023']).not.toHaveProperty('ghgTotal_tCO2e');
  });

  it.each([
    [{ electricityMWh: 'many' }, 'must be a decimal number such as'],
    [{ electricityMWh: { Office: 'many' } }, 'electricityMWh.Office: must be a decimal number such as'],
  ])('say what is wrong with %o', (year, problem) =>
    expect(() => kpiTable({ years: { 2023: year } })).toThrow(problem),
  );

  it('show the change against the year before', () => {
    expect(kpiTable(environment).changes.ghgTotal_tCO2e).toEqual({
      difference: '-55.290585',
      printed: '-55.29',
      percent: '-9.4%',
    });
  });

  it('keep the figure by the factor of its own year as a restatement', () => {
    // 1029.03 × 0.5810 = 597.86643
    expect(kpiTable(own).restatement).toMatchObject({
      old: '597.86643',
      new: '586.855809',
      difference: '-11.010621',
      percent: '-1.84%',
    });
  });

  it('leave each year its own factor unless told otherwise', () => {
    const table = kpiTable(own, { recalculatePreviousYearWith: 'own' });
    expect(table.exact['2022']?.ghgTotal_tCO2e).toBe('597.86643');
    expect(table.restatement).toBeUndefined();
  });

  it('take one factor for all years when it is asked for', () => {
    expect(kpiTable(own, { factor: 'cn-grid-average-2022' }).exact['2023']?.ghgTotal_tCO2e).toBe('500.154128');
  });

  it('refuse to set a trading-scheme year beside a statistical one', () => {
    const years = { ...own.years, '2022': { ...own.years['2022'], factor: 'cn-grid-average-2022' } };
    expect(() => kpiTable({ years })).toThrow(expect.objectContaining({ code: 'ESG_FACTOR_FAMILIES_MIXED' }));
  });

  it('add fuels and heat as direct and indirect energy', () => {
    const table = kpiTable({
      years: {
        '2023': {
          factor: 'cn-grid-ets-2022',
          electricityMWh: '100',
          fuels: [{ fuel: 'natural-gas', quantity: '3600', unit: 'GJ' }],
          heat: [{ quantity: '360', unit: 'GJ' }],
          floorAreaM2: '1000',
        },
      },
    });
    expect(table.exact['2023']).toEqual({
      ghgTotal_tCO2e: '298.59',
      ghgScope1_tCO2e: '201.96',
      ghgScope2_tCO2e: '96.63',
      ghgIntensity_tCO2e_per_m2: '0.29859',
      energyTotal_MWh: '1200',
      energyDirect_MWh: '1000',
      energyIndirect_MWh: '200',
      energyIntensity_MWh_per_m2: '1.2',
    });
    expect(table.notes[0]).toMatchObject({ code: 'esg.year-alone', values: { year: '2022' } });
  });

  it('print the market-based figure where there are certificates', () => {
    const certificate = {
      id: 'G1',
      MWh: '40',
      registry: 'CN-GEC',
      vintage: 2023,
      region: 'CN',
      evidence: { reference: 'g1.pdf' },
    };
    const electricity = [{ quantity: '100', certificates: [certificate] }];
    const table = kpiTable({ years: { '2023': { electricity, floorAreaM2: '1000' } } });
    expect(table.years['2023']).toMatchObject({ ghgScope2_tCO2e: '57.03', ghgScope2Market_tCO2e: '34.22' });
  });

  it('ask for the floor area unless intensities are left out', () => {
    const years = { '2023': { electricityMWh: '1' } };
    expect(() => kpiTable({ years })).toThrow(expect.objectContaining({ code: 'ESG_FLOOR_AREA_MISSING' }));
    expect(() => kpiTable({ years: { '2023': { electricityMWh: '1', floorAreaM2: 0 } } })).toThrow(
      /floor area above zero/,
    );
    expect(Object.keys(kpiTable({ years, intensities: false }).years['2023'] ?? {})).toEqual([
      'ghgTotal_tCO2e',
      'ghgScope2_tCO2e',
      'energyTotal_MWh',
      'energyIndirect_MWh',
    ]);
  });

  it('refuse negative water and unknown years, and list every problem of a file', () => {
    expect(() => kpiTable({ years: { '2023': { waterTonnes: '-1' } }, intensities: false })).toThrow(
      expect.objectContaining({ code: 'ESG_ACTIVITY_NEGATIVE' }),
    );
    expect(() => kpiTable(own, { reportingYear: 2030 })).toThrow(
      expect.objectContaining({ code: 'ESG_KPI_YEAR_MISSING' }),
    );
    const bad = { years: { '2023': { electricityMWh: 'many', watr: 1 }, soon: {} } };
    expect(() => kpiTable(bad)).toThrow(/3 problem/);
    expect(() => kpiTable(null)).toThrow(expect.objectContaining({ code: 'ESG_ACTIVITY_INVALID' }));
  });
});
