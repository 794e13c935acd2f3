import { describe, expect, it } from 'vitest';
import { bucketStart, countBars } from './count-bars.ts';

const row = (ruleId: string, start: string, numbers: Partial<Record<'in' | 'out' | 'unconfirmedIn', number>>) => ({
  ...{ ruleId, start, in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 },
  ...numbers,
});
const from = Date.parse('2026-03-05T10:00:00Z');
const to = Date.parse('2026-03-05T11:00:00Z');

it('quarter hours, hours and days begin at round times of the clock of the site', () => {
  const start = (time: string, minutes: number, zone: string) =>
    new Date(bucketStart(Date.parse(time), minutes, zone)).toISOString();
  expect(start('2026-03-05T10:59:31.500Z', 15, 'Europe/Berlin')).toBe('2026-03-05T10:45:00.000Z');
  expect(start('2026-03-05T10:59:31Z', 60, 'Asia/Kathmandu')).toBe('2026-03-05T10:15:00.000Z');
  expect(start('2026-03-05T10:59:31Z', 1440, 'Asia/Kathmandu')).toBe('2026-03-04T18:15:00.000Z');
});

it.each([
  ['2026-03-28T23:30:00Z', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29T21:30:00Z', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29T22:00:00Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25T22:59:59Z', '2026-10-24T22:00:00.000Z'],
  ['2026-10-25T23:00:00Z', '2026-10-25T23:00:00.000Z'],
])('days begin at midnight when clocks change: %s lies in that from %s on', (time, start) => {
  expect(new Date(bucketStart(Date.parse(time), 1440, 'Europe/Berlin')).toISOString()).toBe(start);
});

describe('the bars of a rule', () => {
  it('have a zero where nothing crossed, and what is unconfirmed apart', () => {
    const rows = [
      row('gate', '2026-03-05T10:15:00Z', { in: 3, unconfirmedIn: 1 }),
      row('gate', '2026-03-05T10:45:00Z', { in: 2, out: 4 }),
      row('yard', '2026-03-05T10:00:00Z', { out: 1 }),
    ];
    const [gate, yard] = countBars(rows, { from, to, bucketMinutes: 15, zone: 'UTC' });
    expect(gate?.in).toEqual([0, 3, 0, 2]);
    expect(gate?.unconfirmedIn).toEqual([0, 1, 0, 0]);
    expect(gate?.totals).toEqual({ in: 5, out: 4, unconfirmedIn: 1, unconfirmedOut: 0 });
    expect(yard?.out).toEqual([1, 0, 0, 0]);
  });

  it('stand at the midnights of the site, of which one day has 25 hours', () => {
    const rows = [row('gate', '2026-10-25T23:00:00Z', { in: 7 })];
    const [from, to] = ['2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z'].map((time) => Date.parse(time));
    const [gate] = countBars(rows, { from: from!, to: to!, bucketMinutes: 1440, zone: 'Europe/Berlin' });
    expect(gate?.times.map((time) => new Date(time).toISOString())).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
    expect(gate?.in).toEqual([0, 0, 7]);
  });

  it('leave nothing out that the server counted elsewhere', () => {
    const rows = [row('gate', '2026-03-05T10:07:00Z', { in: 7 })];
    expect(countBars(rows, { from, to, bucketMinutes: 60, zone: 'UTC' })[0]?.in).toEqual([0, 7]);
  });
});
