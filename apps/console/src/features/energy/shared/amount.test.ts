import { describe, expect, it } from 'vitest';
import { readable } from './amount.ts';

describe('readable', () => {
  it('leaves what can be read', () =>
    expect(readable({ value: 959636.71, unit: 'kW.h' })).toEqual({ value: 959636.71, unit: 'kW.h' }));
  it('takes the next unit from a million on', () =>
    expect(readable({ value: 26431047.12, unit: 'kW.h' })).toEqual({ value: 26431.04712, unit: 'MW.h' }));
  it('knows no larger unit for everything', () =>
    expect(readable({ value: 2e6, unit: 'm3' })).toEqual({ value: 2e6, unit: 'm3' }));
});
