import { describe, expect, it } from 'vitest';
import { baseLoad } from './base-load.ts';
import { demandProfile } from './demand-profile.ts';
import { toIntervalAmounts } from './interval-amounts.ts';
import { loadDuration } from './load-duration.ts';

const from = Date.parse('2024-01-01T00:00+08:00');
const hour = 3_600_000;

function profile(values: number[]) {
  const series = {
    time: Float64Array.from(values, (_, index) => from + (index + 1) * hour),
    value: Float64Array.from(values),
  };
  const options = { from, to: from + values.length * hour, intervalMinutes: 60, timezone: 'Asia/Shanghai' } as const;
  return demandProfile(toIntervalAmounts(series, { kind: 'delta', unit: 'kW.h', intervalSeconds: 3600 }, options));
}

describe('baseLoad', () => {
  // 101 hours of 0, 1, ... 100 kW: the 5th percentile is 5.
  const ramp = profile(Array.from({ length: 101 }, (_, index) => index));

  it('should be the demand exceeded 95 % of the time', () => {
    expect(baseLoad(ramp)).toBe(5);
  });

  it("should be the median over days of each day's lowest interval", () => {
    // Days begin at 0, 24, 48, 72; the fifth has 5 hours only and is left out.
    expect(baseLoad(ramp, 'daily-minimum')).toBe((24 + 48) / 2);
  });

  it("should be the median over days of each day's 2.5th percentile", () => {
    // 2.5 % of 23 steps is 0.575 above the lowest.
    expect(baseLoad(ramp, 'near-base')).toBeCloseTo(36.575, 9);
  });

  it('should be null without readings', () => {
    expect(baseLoad({ ...ramp, demand: new Float64Array(101).fill(Number.NaN) })).toBeNull();
  });
});

describe('loadDuration', () => {
  it('should say how long each demand was reached', () => {
    const curve = loadDuration(profile([10, 40, 20, 30]));
    expect(curve).toEqual({ unit: 'kW', demand: [40, 30, 20, 10], hours: [1, 2, 3, 4] });
  });

  it('should keep both ends when thinned', () => {
    const curve = loadDuration(profile(Array.from({ length: 100 }, (_, index) => index)), 3);
    expect(curve.demand).toEqual([99, 49, 0]);
    expect(curve.hours).toEqual([1, 51, 100]);
  });
});
