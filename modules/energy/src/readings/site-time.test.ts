import { describe, expect, it } from 'vitest';
import { sitePeriod, siteTime } from './site-time.ts';

const iso = (text: string, timezone = 'Europe/Berlin') => new Date(siteTime(text, timezone)).toISOString();

describe('siteTime', () => {
  it('should take a date as the site’s midnight and a time without offset as the site’s', () => {
    expect(iso('2018-01-01', 'Asia/Seoul')).toBe('2017-12-31T15:00:00.000Z');
    expect(iso('2024-07-01T08:30')).toBe('2024-07-01T06:30:00.000Z');
    expect(iso('2024-07-01T08:30:15.25')).toBe('2024-07-01T06:30:15.250Z');
  });

  it('should take a time with offset as it is', () => {
    expect(iso('2024-07-01T08:30Z')).toBe('2024-07-01T08:30:00.000Z');
    expect(iso('2024-07-01T08:30:00+09:00')).toBe('2024-06-30T23:30:00.000Z');
  });

  it('should move on over a skipped hour and mean the first of a repeated one', () => {
    expect(iso('2024-03-31T02:30')).toBe('2024-03-31T01:30:00.000Z');
    expect(iso('2024-10-27T02:30')).toBe('2024-10-27T00:30:00.000Z');
  });

  it.each(['yesterday', '2024', '2024-13-01', '2024-02-30', '2024-01-01T25:00', '2024-01-01 08:00', ''])(
    'should refuse %j',
    (text) => {
      expect(() => siteTime(text, 'UTC')).toThrow('is not a time');
    },
  );
});

describe('sitePeriod', () => {
  it('should refuse an empty and a reversed period', () => {
    expect(() => sitePeriod({ from: '2024-01-01', to: '2024-01-01' }, 'UTC')).toThrow('is not before');
    expect(() => sitePeriod({ from: '2024-01-02', to: '2024-01-01' }, 'UTC')).toThrow('is not before');
  });
});
