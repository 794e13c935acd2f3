import { describe, expect, it } from 'vitest';
import { axisTicks } from './axis-ticks.ts';

const from = new Date(2026, 2, 1, 6).getTime();
const hours = (count: number) => Array.from({ length: count }, (_, index) => from + index * 3_600_000);

describe('the labels under the hours', () => {
  it('are every four hours of a day, midnight as a day', () =>
    expect(axisTicks(hours(24)).map(({ at, isDay }) => [at, isDay])).toEqual([
      [2, false],
      [6, false],
      [10, false],
      [14, false],
      [18, true],
      [22, false],
    ]));
  it('are midnights of a week', () =>
    expect(axisTicks(hours(168)).map(({ at }) => at)).toEqual([18, 42, 66, 90, 114, 138, 162]));
  it('are never more than can be read', () => expect(axisTicks(hours(720)).length).toBeLessThanOrEqual(8));
});
