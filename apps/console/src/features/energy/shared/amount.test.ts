import { describe, expect, it } from 'vitest';
import { readable, scaleFor } from './amount.ts';

describe('readable', () => {
  it('leaves what can be read', () =>
    expect(readable({ value: 959636.71, unit: 'kW.h' })).toEqual({ value: 959636.71, unit: 'kW.h' }));
  it('takes the next unit from a million on', () =>
    expect(readable({ value: 26431047.12, unit: 'kW.h' })).toEqual({ value: 26431.04712, unit: 'MW.h' }));
  it('knows no larger unit for everything', () =>
    expect(readable({ value: 2e6, unit: 'm3' })).toEqual({ value: 2e6, unit: 'm3' }));
});

describe('scaleFor', () => {
  it('goes by the largest of all', () => {
    expect(scaleFor([3, null, 2e6], 'kW.h')).toEqual({ unit: 'MW.h', factor: 0.001 });
    expect(scaleFor([3, null], 'kW.h')).toEqual({ unit: 'kW.h', factor: 1 });
    expect(scaleFor([2e6], 'm3')).toEqual({ unit: 'm3', factor: 1 });
  });
});
