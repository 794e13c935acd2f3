import { expect, it } from 'vitest';
import { parseCsv } from '../tables/csv.ts';
import { readCells, writeXlsx } from '../tables/table.ts';
import { factorColumnNames, factorRow, writeFactorsCsv, writeFactorTemplate } from './factor-sheet.ts';
import { importFactorRows, importFactors } from './import-factors.ts';
import { builtInLibrary, findFactor } from './library.ts';

const empty = { ...builtInLibrary, factors: [] };
const row = (cells: Record<string, string>) => factorColumnNames.map((name) => cells[name] ?? '');
const utility = {
  id: 'hk-utility-2023',
  value: '0.39',
  unit: 'kgCO2e/kWh',
  region: 'HK',
  family: 'supplier-specific',
  carrier: 'electricity',
  publisher: 'A utility',
  document: 'Sustainability report 2023, page 10',
  confidence: 'read from the document',
  confirmed: 'yes',
  appliesToYear: '2023',
};

it('reads back what it wrote, as CSV and as XLSX', async () => {
  const csv = new TextEncoder().encode(writeFactorsCsv(builtInLibrary.factors));
  const xlsx = await writeXlsx([{ name: 'F', rows: [factorColumnNames, ...builtInLibrary.factors.map(factorRow)] }]);
  for (const bytes of [csv, xlsx]) {
    const result = await importFactors(bytes, empty);
    expect(result.rejected).toEqual([]);
    expect(result.accepted).toEqual(builtInLibrary.factors);
  }
});

it('brings a template that can be read as it is', async () => {
  const cells = await readCells(await writeFactorTemplate());
  expect(cells[0]).toEqual(factorColumnNames);
  expect(importFactorRows(cells, empty)).toEqual({ accepted: [], unchanged: [], superseded: [], rejected: [] });
});

it('fills in scope and method, and the family says which', () => {
  const { accepted } = importFactorRows([factorColumnNames, row(utility)], builtInLibrary);
  expect(accepted[0]).toMatchObject({
    unit: { numerator: 'kg', denominator: 'kWh' },
    gasBasis: 'CO2e',
    scopes: [2],
    methods: ['market'],
    appliesToYear: 2023,
    confirmed: true,
  });
});

it('lists every bad row with its reasons and takes the good ones', () => {
  const result = importFactorRows(
    [
      factorColumnNames,
      row({ ...utility, value: '0,39', unit: 'lb/MWh' }),
      row(utility),
      row({}),
      row({ ...utility, value: '0.40' }),
      row({ ...utility, id: 'cn-grid-ets-2022' }),
    ],
    builtInLibrary,
  );
  expect(result.accepted.map(({ id }) => id)).toEqual(['hk-utility-2023']);
  expect(result.rejected.map((entry) => entry.row)).toEqual([2, 5, 6]);
  expect(result.rejected[0]?.reasons.join()).toMatch(/value: must be a decimal.*unit/);
  expect(result.rejected[1]?.reasons[0]).toMatch(/row 3 gives hk-utility-2023 with other content/);
  expect(result.rejected[2]?.reasons[0]).toMatch(/supersede it instead/);
});

it('says which rows the library has already', () => {
  const known = factorRow(findFactor(builtInLibrary, 'cn-grid-ets-2022'));
  expect(importFactorRows([factorColumnNames, known], builtInLibrary).unchanged).toEqual([
    { row: 2, id: 'cn-grid-ets-2022' },
  ]);
});

it('supersedes when it is asked to', () => {
  const changed = row({ ...utility, id: 'cn-grid-ets-2022' });
  const result = importFactorRows([factorColumnNames, changed], builtInLibrary, { existing: 'supersede' });
  expect(result.superseded[0]).toMatchObject({
    row: 2,
    superseded: { version: 1, value: '0.5703', supersededBy: 'cn-grid-ets-2022@2' },
    current: { version: 2, value: '0.39' },
  });
});

it('names missing and unknown columns', () => {
  expect(() => importFactorRows(parseCsv('id,value,colour\nx,1,red\n'), empty)).toThrow(
    /lacks.*unit.*no known meaning: colour/,
  );
});
