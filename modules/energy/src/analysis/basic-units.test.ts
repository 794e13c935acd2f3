import { expect, it } from 'vitest';
import { convertBasicUnits, rateUnit } from './basic-units.ts';

it('should convert energy, power and reactive energy with prefixes, and nothing between dimensions', () => {
  expect(convertBasicUnits(2, 'MW.h', 'kW.h')).toBe(2000);
  expect(convertBasicUnits(1, 'GJ', 'kW.h')).toBeCloseTo(277.777_777_8, 6);
  expect(convertBasicUnits(5, 'W', 'kW')).toBe(0.005);
  expect(convertBasicUnits(3, 'kV.A.h', 'kvar.h')).toBe(3);
  for (const [from, to] of [
    ['kW', 'kW.h'],
    ['kW.h', 'kvar.h'],
    ['m3', 'kW.h'],
  ] as const)
    expect(() => convertBasicUnits(1, from, to)).toThrow(expect.objectContaining({ code: 'ENERGY_UNIT_UNKNOWN' }));
});

it('should name the rate that makes one unit in an hour', () => {
  expect(['kW.h', 'kvar.h', 'm3'].map(rateUnit)).toEqual(['kW', 'kvar', 'm3/h']);
});
