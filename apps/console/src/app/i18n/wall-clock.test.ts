import { describe, expect, it } from 'vitest';
import { wallText, wallTime } from './wall-clock.ts';

describe('wallTime', () => {
  it.each([
    ['2018-01-01T00:00:00+09:00', 'Asia/Seoul', '2018-01-01T00:00'],
    ['2024-07-01T00:00:00+02:00', 'Europe/Berlin', '2024-07-01T00:00'],
    ['2024-12-01T00:00:00+01:00', 'Europe/Berlin', '2024-12-01T00:00'],
  ])('of %s in %s is what the clock there shows', (time, zone, shown) =>
    expect(wallText(wallTime(Date.parse(time), zone))).toBe(shown),
  );
});
