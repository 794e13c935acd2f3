import { describe, expect, it } from 'vitest';
import { combineAmounts } from './combine.ts';
import { type IntervalAmounts, toIntervalAmounts } from './interval-amounts.ts';

const hour = 3_600_000;
const from = Date.parse('2024-01-01T00:00Z');

function amounts(values: readonly number[], unit = 'kW.h', hours = 4): IntervalAmounts {
  const kept = values.flatMap((value, index) =>
    Number.isNaN(value) ? [] : [{ time: from + (index + 1) * hour, value }],
  );
  return toIntervalAmounts(
    {
      time: Float64Array.from(kept, ({ time }) => time),
      value: Float64Array.from(kept, ({ value }) => value),
    },
    { kind: 'delta', stamp: 'end', intervalSeconds: 3600, unit },
    { from, to: from + hours * hour, timezone: 'UTC', intervalMinutes: 60 },
  );
}

describe('combineAmounts', () => {
  it('should add meters up and call only that covered which all of them cover', () => {
    const both = combineAmounts([amounts([1, 2, Number.NaN, 4]), amounts([10, 20, 30, Number.NaN])]);
    expect([...both.amount]).toEqual([11, 22, 30, 4]);
    expect([...both.coverage]).toEqual([1, 1, 0, 0]);
    expect(both.gaps).toHaveLength(2);
    expect(both.readings).toEqual({ expected: 8, usable: 6 });
  });

  it('should leave a single meter as it is', () => {
    const one = amounts([1, 2, 3, 4]);
    expect(combineAmounts([one])).toBe(one);
  });

  it('should refuse none, other intervals and other units', () => {
    expect(() => combineAmounts([])).toThrow('there is none');
    expect(() => combineAmounts([amounts([1]), amounts([1], 'kW.h', 5)])).toThrow('same intervals');
    expect(() => combineAmounts([amounts([1]), amounts([1], 'm3')])).toThrow('m3');
  });
});
