import { describe, expect, it } from 'vitest';
import { dateOf, siteClock, weekdayOf } from './site-clock.ts';

const at = (iso: string) => Date.parse(iso);

describe('siteClock', () => {
  const berlin = siteClock('Europe/Berlin', at('2024-01-01T00:00Z'), at('2025-01-01T00:00Z'));

  it('should know the offset on both sides of a clock change', () => {
    expect(berlin.offsetAt(at('2024-03-31T00:59Z'))).toBe(3_600_000);
    expect(berlin.offsetAt(at('2024-03-31T01:00Z'))).toBe(7_200_000);
    expect(berlin.offsetAt(at('2024-02-01T00:00Z'))).toBe(3_600_000);
  });

  it('should begin local days at local midnight', () => {
    const day = berlin.dayOf(at('2024-03-31T10:00Z'));
    expect(dateOf(day)).toBe('2024-03-31');
    expect(berlin.startOfDay(day)).toBe(at('2024-03-31T00:00+01:00'));
    expect(berlin.startOfDay(day + 1)).toBe(at('2024-04-01T00:00+02:00'));
    expect(weekdayOf(day)).toBe(7);
  });

  it('should write times with the offset in force', () => {
    expect(berlin.iso(at('2024-03-31T01:00Z'))).toBe('2024-03-31T03:00:00+02:00');
    expect(siteClock('America/St_Johns', 0, 1).iso(at('2024-01-01T00:00:00.250Z'))).toBe(
      '2023-12-31T20:30:00.250-03:30',
    );
  });

  it('should begin a day that skips midnight at its first instant', () => {
    // Cairo moved its clock at 00:00 on 2024-04-26 to 01:00.
    const cairo = siteClock('Africa/Cairo', at('2024-04-01T00:00Z'), at('2024-05-01T00:00Z'));
    expect(cairo.iso(cairo.startOfDay(cairo.dayOf(at('2024-04-26T12:00Z'))))).toBe('2024-04-26T01:00:00+03:00');
  });
});
