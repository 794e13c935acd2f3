import { expect, it } from 'vitest';
import { countryOf, newFactorTable } from './new-factor-table.ts';

it('gives the import a table of one row, without what was left empty', () => {
  const fields = {
    ...{ id: 'de-grid-2024', value: ' 0.36 ', unit: 'tCO2/MWh', region: 'DE', family: 'statistical-average' },
    ...{ carrier: 'electricity', subregion: '', publisher: 'An agency', document: 'Table 1, page 2' },
    ...{ confidence: 'compared', confirmed: true },
  };
  expect(newFactorTable(fields).slice(1).split('\r\n').slice(0, 2)).toEqual([
    'id,value,unit,region,family,carrier,publisher,document,confidence,confirmed',
    'de-grid-2024,0.36,tCO2/MWh,DE,statistical-average,electricity,An agency,"Table 1, page 2",compared,yes',
  ]);
});

it('knows the country of a region', () => {
  expect(['DE', 'de-hh', 'CN / North China', 'Germany', ''].map(countryOf)).toEqual(['DE', 'DE', 'CN', '', '']);
});
