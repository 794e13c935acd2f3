import { describe, expect, it } from 'vitest';
import { poissonInterval } from '../../numerics/poisson.ts';
import { joinRunning, keepPromise, type NormalRunning, parsePromise, retune } from './promise.ts';

/** Rises of an exponential tail: `rate` a week reach 1, and e times fewer with each further 1. */
function running(weeks: number, rate: number): NormalRunning {
  const count = Math.round(weeks * rate);
  return { weeks, peaks: Array.from({ length: count }, (_, index) => 1 - Math.log((index + 0.5) / count)) };
}

describe('a promise of false alarms', () => {
  it('has the exact limits of a Poisson mean', () => {
    // Garwood's table: 0 events up to 3.689, 5 events 1.623 to 11.668.
    expect(poissonInterval(0)).toMatchObject({ low: 0, high: expect.closeTo(3.6889, 3) });
    expect(poissonInterval(5)).toMatchObject({ low: expect.closeTo(1.6235, 3), high: expect.closeTo(11.6683, 3) });
  });

  it('is kept by counting where enough was seen', () => {
    const kept = keepPromise(running(20, 50), { perWeek: 1 });
    expect(kept).toMatchObject({ how: 'counted', seen: 20, expected: 1, weeks: 20 });
    expect(kept.threshold).toBeCloseTo(1 + Math.log(50), 1);
    expect(kept.low).toBeLessThan(1);
    expect(kept.high).toBeGreaterThan(1);
    expect(kept.moreWeeks).toBeGreaterThan(0);
    expect(keepPromise(running(400, 50), { perWeek: 1 }).moreWeeks).toBe(0);
  });

  it('is kept by the tail where too little was seen, and says so', () => {
    const kept = keepPromise(running(1, 50), { perWeek: 0.25 });
    expect(kept).toMatchObject({ how: 'tail', weeks: 1 });
    // The true threshold is 1 + ln 200 = 6.3.
    expect(kept.threshold).toBeGreaterThan(5);
    expect(kept.threshold).toBeLessThan(9);
  });

  it('moves up with false alarms and down with running that had none', () => {
    const before = running(4, 20);
    const promise = { perWeek: 2 };
    const { threshold } = keepPromise(before, promise);
    const noisy = retune(
      before,
      {
        weeks: 4,
        rises: Array.from({ length: 40 }, () => ({ peak: threshold * 1.2, verdict: 'false' as const })),
      },
      promise,
    );
    expect(noisy.kept.threshold).toBeGreaterThan(threshold);
    const calm = retune(before, { weeks: 40, rises: [{ peak: threshold * 2, verdict: 'true' }] }, promise);
    expect(calm.kept.threshold).toBeLessThan(threshold);
    expect(calm.running).toEqual(joinRunning(before, { weeks: 40, peaks: [] }));
  });

  it('gives a threshold also where nothing rose', () => {
    expect(keepPromise({ weeks: 0, peaks: [] }, { perWeek: 1 })).toMatchObject({ seen: 0, how: 'tail' });
  });

  it('reads how it is written', () => {
    expect(parsePromise('1/week')).toEqual({ perWeek: 1 });
    expect(parsePromise('2/day')).toEqual({ perWeek: 14 });
    expect(parsePromise('often')).toBeUndefined();
    expect(parsePromise('0/week')).toBeUndefined();
  });
});
