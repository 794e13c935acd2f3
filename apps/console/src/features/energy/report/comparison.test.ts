import { describe, expect, it } from 'vitest';
import type { Profile } from '../types.ts';
import { comparedRows } from './comparison.ts';

const profile = (value: number, coverage = 1) =>
  ({
    consumption: { value, unit: 'kW.h' },
    peak: null,
    loadFactor: null,
    baseLoad: { value: null },
    coverage,
  }) as Profile;
const march = { from: '2024-03-01', to: '2024-04-01' };
const february = { from: '2024-02-01', to: '2024-03-01' };

describe('comparedRows', () => {
  it('compares per day, as months differ in length', () => {
    const [now, before] = comparedRows([
      { key: 'now', period: march, profile: profile(3100) },
      { key: 'before', period: february, profile: profile(2320) },
    ]);
    expect(now?.perDay).toBe(100);
    expect(before?.change).toBeCloseTo(0.25, 12);
  });
  it('does not hold a whole month against half of one, or against nothing', () => {
    const [, before, lastYear] = comparedRows([
      { key: 'now', period: march, profile: profile(3100) },
      { key: 'before', period: february, profile: profile(1000, 0.5) },
      { key: 'lastYear', period: february, profile: undefined },
    ]);
    expect([before?.change, lastYear?.change, lastYear?.consumption]).toEqual([null, null, null]);
  });
});
