import { describe, expect, it } from 'vitest';
import type { ActivityLineInput } from './activity-line.ts';
import { calculateEmissions } from './calculate-emissions.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const electricity = (more: object = {}): ActivityLineInput => ({
  kind: 'electricity',
  id: 'office',
  quantity: '100',
  unit: 'MWh',
  factor: 'cn-grid-average-2023',
  ...more,
});
const gas = (more: object = {}): ActivityLineInput => ({
  kind: 'fuel',
  id: 'boiler',
  fuel: 'natural-gas',
  quantity: '1000',
  unit: 'GJ',
  ...more,
});
const certificate = (more: object = {}) => ({
  id: 'C1',
  MWh: '40',
  registry: 'CN-GEC',
  vintage: 2023,
  region: 'CN',
  evidence: { reference: 'C1.pdf' },
  ...more,
});
const of = (lines: ActivityLineInput[], more: object = {}) => calculateEmissions({ lines, year: 2023, ...more });

describe('purchased electricity', () => {
  it('is quantity times factor, with the formula to check it by', () => {
    const { lines, totals, printed } = of([electricity({ quantity: '932.08', factor: 'cn-grid-ets-2022' })]);
    expect(lines[0]).toMatchObject({
      scope: 2,
      method: 'location',
      formula: '932.08 MWh × 0.5703 tCO2/MWh',
      tCO2e: '531.565224',
      factor: { id: 'cn-grid-ets-2022', value: '0.5703' },
    });
    expect(totals).toEqual({
      scope1: '0',
      scope2Location: '531.565224',
      scope2Market: '531.565224',
      total: '531.565224',
      totalMarket: '531.565224',
    });
    expect(printed.total).toBe('531.57');
  });

  it('is the same in kWh, spelled either way', () => {
    expect(of([electricity({ quantity: '100000', unit: 'kWh' })]).totals.total).toBe('53.06');
    expect(of([electricity({ quantity: '100000', unit: 'kW.h' })]).lines[0]?.formula).toBe(
      '100000 kWh × 0.001 MWh/kWh × 0.5306 tCO2/MWh',
    );
  });

  it('adds up without the errors of binary numbers', () => {
    const lines = Array.from({ length: 10 }, (_, index) => electricity({ id: `m${index}`, quantity: '0.1' }));
    expect(of(lines).totals.total).toBe('0.5306');
    expect(of(lines).energy.totalMWh).toBe('1');
  });

  it('refuses negative amounts, unknown units, unknown and unsuitable factors', () => {
    expect(() => of([electricity({ quantity: '-1' })])).toThrow(code('ESG_ACTIVITY_NEGATIVE'));
    expect(() => of([electricity({ unit: 'BTU' })])).toThrow(code('ESG_UNIT_UNSUPPORTED'));
    expect(() => of([electricity({ factor: 'cn-grid' })])).toThrow(code('ESG_FACTOR_UNKNOWN'));
    expect(() => of([electricity({ factor: 'cn-heat-default' })])).toThrow(code('ESG_FACTOR_UNSUITABLE'));
    expect(() => of([electricity({ factor: 'cn-grid-average-2023-fossil' })])).toThrow(/for the market method/);
    expect(() => of([electricity({ quantity: 'lots' })])).toThrow(code('ESG_ACTIVITY_INVALID'));
    expect(() => of([electricity(), electricity()])).toThrow(/the id of two lines/);
  });

  it('refuses factors of both families in one calculation', () => {
    expect(() => of([electricity(), electricity({ id: 'b', factor: 'cn-grid-ets-2022' })])).toThrow(
      code('ESG_FACTOR_FAMILIES_MIXED'),
    );
  });

  it('warns of a factor that is unconfirmed or of another year', () => {
    const warnings = (factor: string) => of([electricity({ factor })]).warnings.map((warning) => warning.code);
    expect(warnings('cn-grid-average-2023')).toEqual(['esg.factor-unconfirmed']);
    expect(warnings('cn-grid-ets-2022')).toEqual(['esg.factor-of-another-year']);
  });
});

describe('the market-based method', () => {
  const residualFactor = 'cn-grid-average-2023-excluding-traded-non-fossil';

  it('takes certificates with evidence at what they state and the rest by the residual mix', () => {
    const result = of([electricity({ residualFactor, certificates: [certificate()] })]);
    expect(result.totals.scope2Location).toBe('53.06');
    expect(result.totals.scope2Market).toBe('36.576'); // 60 MWh × 0.6096
    expect(result.lines.map((line) => [line.method, line.status, line.tCO2e])).toEqual([
      ['location', 'calculated', '53.06'],
      ['market', 'certificate', '0'],
      ['market', 'calculated', '36.576'],
    ]);
    expect(result.certificatesUsed).toEqual(['CN-GEC/C1']);
    expect(result.unsupportedMWh).toBe('0');
  });

  it('never counts a claim without evidence as zero', () => {
    const result = of([electricity({ certificates: [certificate({ evidence: undefined })] })]);
    expect(result.totals.scope2Market).toBe('53.06');
    expect(result.lines[1]).toMatchObject({
      status: 'unsupported',
      reasons: [{ code: 'esg.certificate-without-evidence', values: { certificate: 'C1' } }],
      tCO2e: '21.224',
    });
    expect(result.unsupportedMWh).toBe('40');
    expect(result.warnings.map((warning) => warning.code)).toContain('esg.certificate-without-evidence');
  });

  it('counts what is claimed beyond the certificates as unsupported', () => {
    const result = of([electricity({ residualFactor, certificates: [certificate()], claimedRenewableMWh: '100' })]);
    expect(result.unsupportedMWh).toBe('60');
    expect(result.totals.scope2Market).toBe('36.576');
    expect(result.lines.at(-1)?.status).toBe('unsupported');
  });

  it.each([
    [{ vintage: 2021 }, 'esg.certificate-vintage-mismatch'],
    [{ region: 'SG' }, 'esg.certificate-region-mismatch'],
  ])('flags a certificate with %o and does not zero-rate it', (change, flag) => {
    const result = of([electricity({ certificates: [certificate(change)] })]);
    expect(result.warnings.map((warning) => warning.code)).toContain(flag);
    expect(result.totals.scope2Market).toBe('53.06');
  });

  it('refuses certificates for more than was consumed', () => {
    expect(() => of([electricity({ certificates: [certificate({ MWh: '100.01' })] })])).toThrow(
      code('ESG_CERTIFICATES_EXCEED_CONSUMPTION'),
    );
    expect(of([electricity({ certificates: [certificate({ MWh: '100' })] })]).totals.scope2Market).toBe('0');
  });

  it('refuses a certificate that was used before, here or elsewhere', () => {
    const twice = [
      electricity({ certificates: [certificate()] }),
      electricity({ id: 'b', certificates: [certificate()] }),
    ];
    expect(() => of(twice)).toThrow(code('ESG_CERTIFICATE_USED_TWICE'));
    expect(() => of(twice.slice(0, 1), { certificatesUsedBefore: ['CN-GEC/C1'] })).toThrow(
      code('ESG_CERTIFICATE_USED_TWICE'),
    );
  });

  it('asks for the year that certificates are checked against', () => {
    expect(() => calculateEmissions({ lines: [electricity({ certificates: [certificate()] })] })).toThrow(
      /checked against a year/,
    );
  });
});

describe('fuels', () => {
  it('are energy times factor', () => {
    const { lines, energy } = of([gas()]);
    expect(lines[0]).toMatchObject({
      scope: 1,
      formula: '1000 GJ × 0.001 TJ/GJ × 56100 kgCO2/TJ ÷ 1000 kg/t',
      tCO2e: '56.1',
    });
    expect(energy.directMWh).toMatch(/^277\.7+8$/);
  });

  it('take the net calorific value of the line, or the default of the fuel with a warning', () => {
    const own = of([gas({ unit: 'm3', netCalorificValue: { value: '40', unit: 'MJ/m3' } })]);
    expect(own.totals.scope1).toBe('2.244'); // 1000 m3 × 40 MJ/m3 = 40 GJ
    const fallback = of([gas({ unit: 'm3' })]);
    expect(fallback.totals.scope1).toBe('2.1840291'); // 38.931 GJ
    expect(fallback.warnings.map((warning) => warning.code)).toContain('esg.calorific-value-default');
    expect(of([gas({ fuel: 'anthracite', quantity: '10', unit: 't' })]).totals.scope1).toBe('26.2461'); // 267 GJ × 98.3 kg/GJ
    expect(of([gas({ fuel: 'anthracite', quantity: '10000', unit: 'kg' })]).totals.scope1).toBe('26.2461');
  });

  it('need a density for litres and a calorific value where there is no default', () => {
    const diesel = gas({ fuel: 'gas-diesel-oil', unit: 'L' });
    expect(() => of([diesel])).toThrow(code('ESG_DENSITY_MISSING'));
    expect(of([{ ...diesel, densityKgPerL: '0.84' } as ActivityLineInput]).totals.scope1).toBe('2.676492'); // 0.84 t × 43 GJ/t × 74.1 kg/GJ
    expect(() => of([gas({ fuel: 'motor-gasoline', unit: 'm3' })])).toThrow(code('ESG_CALORIFIC_VALUE_MISSING'));
  });

  it('add CH4 and N2O by the warming potentials of the chosen report', () => {
    const otherGases = ['ipcc-2006-natural-gas-ch4', 'ipcc-2006-natural-gas-n2o'];
    // 1 TJ: 1 kg CH4 × 28 + 0.1 kg N2O × 265 = 54.5 kg; AR6: 27.9 + 27.3 = 55.2 kg
    expect(of([gas({ otherGases })]).totals.scope1).toBe('56.1545');
    expect(of([gas({ otherGases })], { warmingPotentials: 'AR6' }).totals.scope1).toBe('56.1552');
    expect(of([gas()]).warnings.map((warning) => warning.code)).toContain('esg.other-gases-left-out');
  });

  it('count unburnt carbon by the oxidation fraction, which is at most 1', () => {
    expect(of([gas({ oxidationFraction: '0.99' })]).totals.scope1).toBe('55.539');
    expect(() => of([gas({ oxidationFraction: '1.1' })])).toThrow(code('ESG_ACTIVITY_INVALID'));
  });

  it('refuse the factor of another fuel', () => {
    expect(() => of([gas({ factor: 'ipcc-2006-anthracite' })])).toThrow(/it is for anthracite/);
    expect(() => of([gas({ otherGases: ['ipcc-2006-natural-gas'] })])).toThrow(code('ESG_FACTOR_UNSUITABLE'));
  });
});

describe('what has no factor', () => {
  it('stands with its quantity, and the totals say that they lack it', () => {
    const hamburg = electricity({ id: 'hamburg', quantity: '20', factor: undefined, region: 'DE' });
    const { lines, totals, incomplete, energy, warnings } = of([electricity(), hamburg]);
    expect(lines.filter(({ line }) => line === 'hamburg')).toMatchObject(
      ['location', 'market'].map((method) => ({ method, status: 'incomplete', formula: '20 MWh × ?' })),
    );
    expect(lines.at(-1)).not.toHaveProperty('tCO2e');
    expect([totals.total, energy.indirectMWh]).toEqual(['53.06', '120']);
    expect(incomplete).toEqual(['scope2Location', 'total', 'scope2Market', 'totalMarket']);
    expect(warnings).toContainEqual({
      code: 'esg.factor-missing',
      line: 'hamburg',
      values: {
        ...{ what: { term: 'carrier.electricity' }, region: 'DE', year: 2023 },
        amount: { amount: '20', unit: 'MWh' },
      },
      text: expect.stringContaining(
        'no factor of electricity in DE up to 2023, so 20 MWh are not turned into emissions',
      ),
    });
  });

  it('leaves the market-based total whole where a certificate covers it', () => {
    const german = certificate({ MWh: '20', region: 'DE', registry: 'DE-HKNR' });
    const covered = electricity({ quantity: '20', factor: undefined, region: 'DE', certificates: [german] });
    expect(of([covered]).incomplete).toEqual(['scope2Location', 'total']);
    const nowhere = of([electricity({ quantity: '20', factor: undefined, certificates: [german] })]);
    expect(nowhere.incomplete).toContain('totalMarket');
    expect(nowhere.lines[1]!.reasons!.map((reason) => reason.code)).toEqual([
      'esg.certificate-region-unchecked',
      'esg.region-missing',
    ]);
  });
});

describe('steam by mass', () => {
  const steam = (more: object): ActivityLineInput => ({
    ...{ kind: 'heat', id: 'steam', medium: 'steam', quantity: '100', unit: 't', factor: 'cn-heat-default' },
    ...more,
  });

  it('is energy by its enthalpy less that of the feed water', () => {
    const { lines, energy, warnings } = of([steam({ steam: { enthalpyKJPerKg: '2763.74' } })]);
    // 100 t × (2763.74 − 83.74) kJ/kg = 268 GJ = 74.444… MWh; × 0.11 t/GJ
    expect(lines[0]).toMatchObject({
      formula: '100 t × (2763.74 − 83.74) kJ/kg × 0.001 GJ/t per kJ/kg × 0.11 tCO2/GJ',
      tCO2e: '29.48',
    });
    expect(energy.indirectMWh).toMatch(/^74\.4444/);
    expect(warnings.map((warning) => warning.code)).toContain('esg.feed-water-default');
    const kg = steam({ quantity: '100000', unit: 'kg', steam: { enthalpyKJPerKg: '2763.74' } });
    expect(of([kg]).totals.total).toBe('29.48');
  });

  it('is not guessed where nothing says what steam it was', () => {
    const { lines, incomplete, totals } = of([steam({})]);
    expect(lines[0]).toMatchObject({
      ...{ status: 'incomplete', formula: '100 t × ?' },
      reasons: [{ code: 'esg.steam-state-missing', values: { amount: { amount: '100', unit: 't' } } }],
    });
    expect([incomplete.length, totals.total]).toEqual([4, '0']);
  });
});

it('purchased heat counts the same by both methods', () => {
  const { totals, energy } = of([
    { kind: 'heat', id: 'steam', quantity: '360', unit: 'GJ', factor: 'cn-heat-default' },
  ]);
  expect([totals.scope2Location, totals.scope2Market, energy.indirectMWh]).toEqual(['39.6', '39.6', '100']);
});

it('gives the same bytes for the same input, and nothing that JSON would lose', () => {
  const lines = [electricity({ certificates: [certificate()] }), gas()];
  const first = JSON.stringify(of(lines));
  expect(JSON.stringify(of(structuredClone(lines)))).toBe(first);
  expect(JSON.parse(first)).toEqual(of(lines));
});
