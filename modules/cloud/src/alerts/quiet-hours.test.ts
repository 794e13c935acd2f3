import { describe, expect, it } from 'vitest';
import { isAlwaysQuiet, type QuietHours, quietUntil } from './quiet-hours.ts';

const every = [1, 2, 3, 4, 5, 6, 7];
const berlin = (windows: QuietHours['windows']): QuietHours => ({
  zone: 'Europe/Berlin',
  windows,
  criticalThrough: true,
});
const until = (quiet: QuietHours, time: string) => {
  const end = quietUntil(quiet, Date.parse(time));
  return end === undefined ? undefined : new Date(end).toISOString();
};

describe('quiet hours', () => {
  const nights = berlin([{ days: every, from: '22:00', to: '06:00' }]);

  it.each([
    ['2026-03-02T21:59:59+01:00', undefined],
    ['2026-03-02T22:00:00+01:00', '2026-03-03T05:00:00.000Z'],
    ['2026-03-03T00:00:00+01:00', '2026-03-03T05:00:00.000Z'],
    ['2026-03-03T05:59:59+01:00', '2026-03-03T05:00:00.000Z'],
    ['2026-03-03T06:00:00+01:00', undefined],
  ])('over midnight, at %s, last until %s', (time, end) => expect(until(nights, time)).toBe(end));

  it('end at the time of the clock in nights that are an hour shorter or longer', () => {
    expect(until(nights, '2026-03-28T23:00:00+01:00')).toBe('2026-03-29T04:00:00.000Z');
    expect(until(nights, '2026-10-24T23:00:00+02:00')).toBe('2026-10-25T05:00:00.000Z');
  });

  it('that begin or end in an hour that the clock leaves out', () => {
    const early = berlin([{ days: [7], from: '02:30', to: '05:00' }]);
    expect(until(early, '2026-03-29T03:15:00+02:00')).toBeUndefined();
    expect(until(early, '2026-03-29T03:30:00+02:00')).toBe('2026-03-29T03:00:00.000Z');
  });

  it('belong to the day on which they begin', () => {
    const friday = berlin([{ days: [5], from: '22:00', to: '06:00' }]);
    expect(until(friday, '2026-03-07T01:00:00+01:00')).toBe('2026-03-07T05:00:00.000Z');
    expect(until(friday, '2026-03-06T01:00:00+01:00')).toBeUndefined();
  });

  it('that touch or overlap are one', () => {
    const weekend = berlin([
      { days: every, from: '22:00', to: '06:00' },
      { days: [6, 7], from: '00:00', to: '00:00' },
    ]);
    // Friday night to Monday morning.
    expect(until(weekend, '2026-03-06T22:30:00+01:00')).toBe('2026-03-09T05:00:00.000Z');
  });

  it('that cover the whole week are known', () => {
    const now = Date.parse('2026-03-02T12:00:00Z');
    expect(isAlwaysQuiet(berlin([{ days: every, from: '08:00', to: '08:00' }]), now)).toBe(true);
    expect(isAlwaysQuiet(berlin([{ days: every, from: '08:00', to: '07:59' }]), now)).toBe(false);
  });
});
