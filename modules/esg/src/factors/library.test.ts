import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factorKey, factorSchema, factorUnitText } from './factor.ts';
import { requireOneFamily } from './families.ts';
import { builtInLibrary, findFactor, unconfirmedFactors } from './library.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('the built-in library', () => {
  it('has each version of each factor once', () => {
    const keys = builtInLibrary.factors.map(factorKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says which grid factor the published 2023 table used, and that it is confirmed', () => {
    const factor = findFactor(builtInLibrary, 'cn-grid-ets-2022');
    expect([factor.value, factorUnitText(factor), factor.family, factor.confirmed]).toEqual([
      '0.5703',
      'tCO2/MWh',
      'trading-scheme',
      true,
    ]);
    expect(unconfirmedFactors(builtInLibrary).map(({ id }) => id)).not.toContain('cn-grid-ets-2022');
    expect(unconfirmedFactors(builtInLibrary).map(({ id }) => id)).toContain('cn-grid-average-2023-southwest');
  });

  const reference = process.env.MILLWRIGHT_TEST_REFERENCE;
  const file = reference ? join(reference, 'emission-factors.json') : '';
  it.runIf(existsSync(file))('carries every value of the reference file', () => {
    const seed = JSON.parse(readFileSync(file, 'utf8'));
    for (const { id, value, unit, region, confidence, excludingTradedNonFossil, fossil } of seed.factors) {
      const factor = findFactor(builtInLibrary, id);
      expect([factor.value, factor.confidence]).toEqual([value, confidence]);
      expect(unit.startsWith(factorUnitText(factor))).toBe(true);
      expect(factor.subregion ? `${factor.region} / ${factor.subregion}` : factor.region).toBe(region);
      if (excludingTradedNonFossil)
        expect(findFactor(builtInLibrary, `${id}-excluding-traded-non-fossil`).value).toBe(excludingTradedNonFossil);
      if (fossil) expect(findFactor(builtInLibrary, `${id}-fossil`).value).toBe(fossil);
    }
    for (const { year, value } of seed.singaporeOperatingMargin)
      expect(findFactor(builtInLibrary, `sg-grid-operating-margin-${year}`).value).toBe(value);
    for (const { report, values } of builtInLibrary.globalWarmingPotentials)
      expect(Object.values(values)).toEqual(Object.values(seed.gwp100[report]));
  });
});

describe('findFactor', () => {
  it('names the ids that are near to an unknown one', () => {
    expect(() => findFactor(builtInLibrary, 'cn-grid-ets-20222')).toThrow(
      /Near to it: cn-grid-ets-2022, cn-grid-ets-2021/,
    );
    expect(() => findFactor(builtInLibrary, 'zzz')).toThrow(code('ESG_FACTOR_UNKNOWN'));
  });

  it('gives the newest version for an id and the exact one for id@version', () => {
    const one = findFactor(builtInLibrary, 'cn-grid-ets-2022');
    const library = { ...builtInLibrary, factors: [...builtInLibrary.factors, { ...one, version: 2, value: '0.6' }] };
    expect(findFactor(library, 'cn-grid-ets-2022').value).toBe('0.6');
    expect(findFactor(library, 'cn-grid-ets-2022@1').value).toBe('0.5703');
  });
});

describe('factorSchema', () => {
  it('refuses a negative value, a fuel factor without its fuel and a validity that ends before it starts', () => {
    const good = findFactor(builtInLibrary, 'cn-grid-ets-2022');
    for (const bad of [
      { value: '-1' },
      { carrier: 'fuel' },
      { validFrom: '2024-01-01', validTo: '2023-01-01' },
      { extra: 1 },
    ])
      expect(factorSchema.safeParse({ ...good, ...bad }).success).toBe(false);
  });
});

describe('requireOneFamily', () => {
  const of = (...ids: string[]) => ids.map((id) => findFactor(builtInLibrary, id));

  it('lets one family stand beside fuels and heat', () => {
    expect(() => requireOneFamily(of('cn-grid-ets-2022', 'cn-heat-default', 'ipcc-2006-natural-gas'))).not.toThrow();
    expect(() => requireOneFamily(of('cn-grid-average-2022', 'cn-grid-average-2022-fossil'))).not.toThrow();
  });

  it.each(['cn-grid-average-2022', 'cn-grid-average-2022-excluding-traded-non-fossil', 'cn-grid-average-2022-fossil'])(
    'refuses a trading-scheme factor beside %s',
    (id) => {
      expect(() => requireOneFamily(of('cn-grid-ets-2022', id))).toThrow(code('ESG_FACTOR_FAMILIES_MIXED'));
    },
  );

  it('lets each country keep to a family of its own, as their grids have no plant in common', () => {
    const german = { ...findFactor(builtInLibrary, 'cn-grid-average-2022'), id: 'de-grid-average-2022', region: 'DE' };
    expect(() => requireOneFamily([...of('cn-grid-ets-2022'), german])).not.toThrow();
  });
});
