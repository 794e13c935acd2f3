import { describe, expect, it } from 'vitest';
import { lastDay, presetPeriod, readPeriod, referencePeriods, today } from './period.ts';

describe('today', () => {
  const now = Date.parse('2024-03-31T20:00:00Z');
  it('is the day at the site, not here', () => {
    expect(today('Asia/Seoul', now)).toBe('2024-04-01');
    expect(today('America/Chicago', now)).toBe('2024-03-31');
  });
});

describe('presetPeriod', () => {
  it('takes finished days only', () => {
    expect(presetPeriod('yesterday', '2024-03-01')).toEqual({ from: '2024-02-29', to: '2024-03-01' });
    expect(presetPeriod('last-7-days', '2024-03-01')).toEqual({ from: '2024-02-23', to: '2024-03-01' });
    expect(presetPeriod('this-year', '2024-03-01')).toEqual({ from: '2024-01-01', to: '2024-03-01' });
  });
  it('reaches across the turn of the year', () => {
    expect(presetPeriod('last-month', '2024-01-15')).toEqual({ from: '2023-12-01', to: '2024-01-01' });
    expect(presetPeriod('last-year', '2024-01-15')).toEqual({ from: '2023-01-01', to: '2024-01-01' });
    expect(presetPeriod('this-year', '2024-01-01')).toEqual({ from: '2024-01-01', to: '2024-01-02' });
  });
});

describe('readPeriod', () => {
  const read = (text: string) => readPeriod(new URLSearchParams(text), '2024-03-01');
  it('reads days before names', () => {
    expect(read('from=2018-01-01&to=2019-01-01&period=yesterday')).toEqual({
      preset: undefined,
      period: { from: '2018-01-01', to: '2019-01-01' },
    });
    expect(lastDay(read('from=2018-01-01&to=2019-01-01').period)).toBe('2018-12-31');
  });
  it('falls back to last month on anything else', () => {
    expect(read('').preset).toBe('last-month');
    expect(read('from=2019-01-01&to=2018-01-01').preset).toBe('last-month');
    expect(read('period=constructor').preset).toBe('last-month');
  });
});

describe('referencePeriods', () => {
  it('holds months against months', () =>
    expect(referencePeriods({ from: '2024-02-01', to: '2024-03-01' })).toEqual({
      before: { from: '2024-01-01', to: '2024-02-01' },
      lastYear: { from: '2023-02-01', to: '2023-03-01' },
    }));
  it('holds a year against the year before, both times', () =>
    expect(referencePeriods({ from: '2018-01-01', to: '2019-01-01' })).toEqual({
      before: { from: '2017-01-01', to: '2018-01-01' },
      lastYear: { from: '2017-01-01', to: '2018-01-01' },
    }));
  it('lets Mondays meet Mondays otherwise', () =>
    expect(referencePeriods({ from: '2024-03-04', to: '2024-03-11' })).toEqual({
      before: { from: '2024-02-26', to: '2024-03-04' },
      lastYear: { from: '2023-03-06', to: '2023-03-13' },
    }));
});
