import { describe, expect, it } from 'vitest';
import { meterRows } from './meter-rows.ts';

const point = (id: string, mainMeter: boolean) => ({
  id,
  name: `Meter ${id}`,
  mainMeter,
  siteId: 's',
  carrier: 'electricity',
});
const source = {
  kind: 'measurements' as const,
  pointId: 'a',
  point: 'Meter a',
  quantity: '10',
  unit: 'kW.h',
  from: '',
  to: '',
  readings: 35_040,
  coverage: 1,
};

describe('meterRows', () => {
  const names = new Map([['s', 'Works']]);
  it('lists main meters only, with what the inventory read from them', () => {
    const rows = meterRows([point('a', true), point('b', true), point('c', false)], names, {
      sources: [{ line: '1', site: 'Works', sources: [source] }],
      water: [],
    });
    expect(rows.map(({ id, site, counted }) => [id, site, counted?.readings])).toEqual([
      ['a', 'Works', 35_040],
      ['b', 'Works', undefined],
    ]);
  });
  it('lists them before any inventory was made', () =>
    expect(meterRows([point('a', true)], names, undefined)).toHaveLength(1));
});
