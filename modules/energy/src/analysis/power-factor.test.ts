import { expect, it } from 'vitest';
import { toIntervalAmounts } from './interval-amounts.ts';
import { powerFactor } from './power-factor.ts';
import { powerFactorByMonth } from './power-factor-by-month.ts';

it('should be the ratio of active to apparent energy', () => {
  expect(powerFactor({ active: 80, lagging: 60, leading: 0 }).value).toBe(0.8);
  expect(powerFactor({ active: 0, lagging: 0, leading: 0 }).value).toBeNull();
});

it('should count leading energy by the rule that is asked for', () => {
  const energies = { active: 80, lagging: 60, leading: 60 };
  expect(powerFactor(energies, 'net').value).toBe(1);
  expect(powerFactor(energies, 'lagging').value).toBe(0.8);
  expect(powerFactor(energies).value).toBeCloseTo(80 / Math.hypot(80, 120), 12);
});

it('should weigh each local month by its energy', () => {
  const from = Date.parse('2024-01-31T00:00+08:00');
  const amounts = (unit: string, values: number[]) =>
    toIntervalAmounts(
      {
        time: Float64Array.from({ length: 48 }, (_, index) => from + (index + 1) * 3_600_000),
        value: Float64Array.from({ length: 48 }, (_, index) => values[Math.floor(index / 24)]!),
      },
      { kind: 'delta', unit, intervalSeconds: 3600 },
      { from, to: from + 48 * 3_600_000, intervalMinutes: 60, timezone: 'Asia/Shanghai' },
    );
  const months = powerFactorByMonth({ active: amounts('kW.h', [4, 3]), lagging: amounts('kvar.h', [3, 4]) });
  expect(months.map(({ month, value }) => [month, value])).toEqual([
    ['2024-01', 0.8],
    ['2024-02', 0.6],
  ]);
});
