import { describe, expect, it } from 'vitest';
import type { Point } from '../points/service.ts';
import { readingsCsv } from './readings-csv.ts';

const point = { name: 'Flow "north"', unit: 'm3/h', timezone: 'Asia/Kathmandu' } as Point;

describe('readings as CSV', () => {
  it('are on the clock of their site, to the microsecond where they are that fine', () => {
    const time = Float64Array.of(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 0, 0, 0, 5) + 0.125);
    const series = { time, value: Float64Array.of(-0.1, 1e21), quality: Int16Array.of(0, 2) };
    expect(readingsCsv(point, series)).toBe(
      '2026-01-01T05:45:00+05:45,"Flow ""north""",m3/h,-0.1,good\r\n' +
        '2026-01-01T05:45:00.005125+05:45,"Flow ""north""",m3/h,1e+21,bad\r\n',
    );
  });

  it('change their offset where the clock does', () => {
    const time = Float64Array.of(Date.parse('2025-03-30T00:59:59Z'), Date.parse('2025-03-30T01:00:00Z'));
    const series = { time, value: Float64Array.of(1, 2), quality: Int16Array.of(0, 0) };
    expect(readingsCsv({ ...point, name: 'a', unit: '%', timezone: 'Europe/Berlin' }, series)).toBe(
      '2025-03-30T01:59:59+01:00,a,%,1,good\r\n2025-03-30T03:00:00+02:00,a,%,2,good\r\n',
    );
  });
});
