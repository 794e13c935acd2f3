import { describe, expect, it } from 'vitest';
import { convertUnit, isUnit, unitFactor } from './units.ts';

describe('units', () => {
  it('knows UCUM codes and the var', () => {
    expect(['kW.h', 'm3', 'Cel', '%', 'bar', 'kvar.h', 'kvar', 'mm/s', '{part}'].map(isUnit)).toEqual(
      Array(9).fill(true),
    );
    expect(['kWh', 'Nm3', '', 'furlongs'].map(isUnit)).toEqual([false, false, false, false]);
  });

  it('converts within one quantity, temperatures with their offset', () => {
    expect(convertUnit(1, 'kW.h', 'MJ')).toBeCloseTo(3.6, 12);
    expect(convertUnit(20, 'Cel', 'K')).toBeCloseTo(293.15, 12);
    expect(convertUnit(2, 'kvar.h', 'V.A.h')).toBeCloseTo(2000, 9);
    expect(unitFactor('MW.h', 'kW.h')).toBeCloseTo(1000, 9);
  });

  it('refuses unknown units and other quantities with a code', () => {
    expect(() => convertUnit(1, 'kW.h', 'm3')).toThrowError(expect.objectContaining({ code: 'UNIT_INCOMPATIBLE' }));
    expect(() => convertUnit(1, 'kWh', 'm3')).toThrowError(expect.objectContaining({ code: 'UNIT_UNKNOWN' }));
  });
});
