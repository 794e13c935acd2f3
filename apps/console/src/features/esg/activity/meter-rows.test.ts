import { describe, expect, it } from 'vitest';
import { meterRows } from './meter-rows.ts';

const point = (id: string, mainMeter: boolean) => ({
  id,
  name: `Meter ${id}`,
  mainMeter,
  siteId: 's',
  carrier: 'electricity',
  unit: 'kW.h',
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
  it('knows the meters of steam by mass, and what was stated of them', () => {
    const steam = { ...point('a', true), carrier: 'steam', unit: 't' };
    const stated = {
      ...{ pointId: 'a', siteId: 's', steam: { gaugeMPa: '0.8' }, enthalpy: { steam: '2773.1', feedWater: '83.74' } },
      ...{ statedAt: '', statedBy: '' },
    };
    const rows = meterRows([steam, { ...steam, id: 'b' }, point('c', true)], names, undefined, [stated]);
    expect(rows.map(({ isSteamByMass, steam: said }) => [isSteamByMass, said?.enthalpy.steam])).toEqual([
      [true, '2773.1'],
      [true, undefined],
      [false, undefined],
    ]);
  });
  it('lists them before any inventory was made', () =>
    expect(meterRows([point('a', true)], names, undefined)).toHaveLength(1));
});
