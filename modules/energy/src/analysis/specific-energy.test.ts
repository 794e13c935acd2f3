import { expect, it } from 'vitest';
import { toIntervalAmounts } from './interval-amounts.ts';
import { specificEnergy } from './specific-energy.ts';

const from = Date.parse('2024-01-01T00:00+08:00');
const hour = 3_600_000;

function hourly(unit: string, value: (index: number) => number, hours = 48, skip = -1) {
  const indices = Array.from({ length: hours }, (_, index) => index).filter((index) => index !== skip);
  const series = {
    time: Float64Array.from(indices, (index) => from + (index + 1) * hour),
    value: Float64Array.from(indices, value),
  };
  const options = { from, to: from + 48 * hour, intervalMinutes: 60, timezone: 'Asia/Shanghai' } as const;
  return toIntervalAmounts(series, { kind: 'delta', unit, intervalSeconds: 3600 }, options);
}

it('should divide energy by production per day and in total', () => {
  const result = specificEnergy(
    hourly('kW.h', () => 100),
    hourly('t', (index) => (index < 24 ? 2 : 3)),
    'day',
  );
  expect(result).toMatchObject({ unit: 'kW.h/t', value: 4800 / 120, energy: 4800, production: 120, coverage: 1 });
  expect(result.series.map(({ key, value }) => [key, value])).toEqual([
    ['2024-01-01', 50],
    ['2024-01-02', 2400 / 72],
  ]);
});

it('should count only hours in which both are known, and idle hours too', () => {
  const result = specificEnergy(
    hourly('kW.h', () => 100, 48, 3),
    hourly('t', (index) => (index < 12 ? 0 : 2)),
    'day',
  );
  expect(result.energy).toBe(4700);
  expect(result.production).toBe(72);
  expect(result.coverage).toBe(47 / 48);
});

it('should be null where nothing was made', () => {
  expect(
    specificEnergy(
      hourly('kW.h', () => 100),
      hourly('t', () => 0),
      'day',
    ).value,
  ).toBeNull();
});
