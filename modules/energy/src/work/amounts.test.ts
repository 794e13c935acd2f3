import { describe, expect, it } from 'vitest';
import { type AmountOptions, toIntervalAmounts } from '../analysis/interval-amounts.ts';
import type { PointFacts, Series } from '../analysis/series.ts';
import { amountsOf } from './amounts.ts';

const start = Date.parse('2024-03-30T00:00+01:00');
const count = 50_000;
/** Every ten seconds, more than is worked on at once. */
const long = (): Series => ({
  time: Float64Array.from({ length: count }, (_, index) => start + index * 10_000),
  value: Float64Array.from({ length: count }, (_, index) => index * 0.25),
  quality: new Int16Array(count),
});
const facts: PointFacts = { kind: 'counter', unit: 'therm', intervalSeconds: 10 };
const period = { from: start, to: start + 6 * 86_400_000, timezone: 'Europe/Berlin' };
/** A unit that only the caller can convert. */
const options: AmountOptions[] = ([15, 60] as const).map((intervalMinutes) => ({
  ...{ ...period, intervalMinutes, unit: 'kW.h', convert: (value: number) => value * 29.3 },
}));

describe('amountsOf', () => {
  it('says of a long series on its thread what toIntervalAmounts says, clock included', async () => {
    const [quarters, hours] = await amountsOf(long(), facts, options);
    const expected = options.map((one) => toIntervalAmounts(long(), facts, one));
    const plain = ({ grid, ...columns }: (typeof expected)[number]) => ({
      ...columns,
      grid: { ...grid, clock: undefined },
    });
    expect([quarters!, hours!].map(plain)).toEqual(expected.map(plain));
    expect(quarters!.grid.clock.iso(period.to)).toBe('2024-04-05T01:00:00+02:00');
  });

  it('throws what toIntervalAmounts throws', async () => {
    const wrong = long();
    wrong.time[count - 1] = wrong.time[0]!;
    await expect(amountsOf(wrong, facts, options)).rejects.toMatchObject({
      code: 'ENERGY_SERIES_INVALID',
      status: 422,
    });
  });

  it('goes on after one that failed', async () => {
    const wrong = long();
    wrong.time[1] = wrong.time[0]!;
    const [failed, made] = await Promise.allSettled([
      amountsOf(wrong, facts, options),
      amountsOf(long(), facts, options),
    ]);
    expect([failed.status, made.status]).toEqual(['rejected', 'fulfilled']);
  });
});
