import { describe, expect, it } from 'vitest';
import type { Factor } from './factor.ts';
import { gridFactor } from './grid-factor.ts';
import { gridRegion } from './grid-region.ts';
import { builtInLibrary, findFactor } from './library.ts';

const electricity = (region: string, year: number, family?: 'trading-scheme' | 'statistical-average') =>
  gridFactor(builtInLibrary, { carrier: 'electricity', region, year, family })?.id;

describe('gridRegion', () => {
  it('knows the grid of a Chinese province, but none of Inner Mongolia, which lies in two', () => {
    expect(gridRegion('CN-SD').parts).toContain('North China');
    expect(gridRegion('cn-js')).toEqual({ country: 'CN', parts: ['East China', 'CN-JS', 'JS'] });
    expect(gridRegion('CN-NM').parts).toEqual(['CN-NM', 'NM']);
  });

  it('reads a country alone, a part as the library writes it, and what is no code', () => {
    expect(gridRegion('de')).toEqual({ country: 'DE', parts: [] });
    expect(gridRegion('HK / CLP')).toEqual({ country: 'HK', parts: ['CLP'] });
    expect(gridRegion('Germany')).toEqual({ country: 'GERMANY', parts: [] });
  });
});

describe('gridFactor', () => {
  it('takes the trading scheme’s newest factor up to the year, unless the averages are preferred', () => {
    expect(electricity('CN', 2021)).toBe('cn-grid-ets-2021');
    expect(electricity('CN', 2025)).toBe('cn-grid-ets-2022');
    expect(electricity('CN', 2025, 'statistical-average')).toBe('cn-grid-average-2023');
  });

  it('takes the regional grid of a province where the family has one of the year', () => {
    expect(electricity('CN-SD', 2023, 'statistical-average')).toBe('cn-grid-average-2023-north');
    expect(electricity('CN / South China', 2023, 'statistical-average')).toBe('cn-grid-average-2023-south');
    expect(electricity('CN-SD', 2022, 'statistical-average')).toBe('cn-grid-average-2022');
    expect(electricity('CN-SD', 2023)).toBe('cn-grid-ets-2022');
  });

  it('finds none where the library has none: never that of another country, family or later year', () => {
    expect(electricity('DE', 2023)).toBeUndefined();
    expect(electricity('CN', 2020)).toBeUndefined();
    expect(electricity('SG', 2021)).toBeUndefined();
    expect(electricity('SG', 2023)).toBe('sg-grid-operating-margin-2023');
    expect(gridFactor(builtInLibrary, { carrier: 'heat', region: 'DE', year: 2023 })).toBeUndefined();
    expect(gridFactor(builtInLibrary, { carrier: 'heat', region: 'CN-SD', year: 2023 })?.id).toBe('cn-heat-default');
  });

  it('goes by validity where a factor is not for one year, and leaves out what was superseded', () => {
    const { appliesToYear: _, ...some } = findFactor(builtInLibrary, 'cn-grid-ets-2022');
    const factor: Factor = { ...some, region: 'HK', validFrom: '2023-07-01', validTo: '2024-06-30' };
    const at = (year: number, of: Factor = factor) =>
      gridFactor({ ...builtInLibrary, factors: [of] }, { carrier: 'electricity', region: 'HK', year })?.id;
    expect([at(2022), at(2023), at(2024), at(2025)]).toEqual([undefined, factor.id, factor.id, undefined]);
    expect(at(2023, { ...factor, supersededBy: 'cn-grid-ets-2022@2' })).toBeUndefined();
  });

  it('falls the same among the chosen ones alone, as a proof has no others', () => {
    for (const region of ['CN', 'CN-SD', 'SG', 'DE'])
      for (const family of ['trading-scheme', 'statistical-average'] as const) {
        const query = { carrier: 'electricity', region, year: 2023, family } as const;
        const chosen = gridFactor(builtInLibrary, query);
        const others = ['sg-grid-operating-margin-2023', 'cn-heat-default'].map((id) => findFactor(builtInLibrary, id));
        const kept = { ...builtInLibrary, factors: [...(chosen ? [chosen] : []), ...others] };
        expect(gridFactor(kept, query)).toBe(chosen);
      }
  });
});
