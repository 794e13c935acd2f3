import { describe, expect, it } from 'vitest';
import { formatFor, unitName } from './format.ts';

describe('formatFor', () => {
  const english = formatFor('en');
  it('groups thousands and rounds for the eye only', () => {
    expect(english.number(1234567.891)).toBe('1,234,567.89');
    expect(english.number(0.12345, 4)).toBe('0.1235');
  });
  it('keeps the decimals of money', () => {
    expect(english.fixed(52.4, 2)).toBe('52.40');
    expect(english.fixed(null, 2)).toBe('–');
  });
  it('shows a dash where there is no number', () => {
    expect(english.number(null)).toBe('–');
    expect(english.number(Number.NaN)).toBe('–');
    expect(english.dateTime(undefined)).toBe('–');
  });
  it('writes times in the zone it is given', () => {
    expect(english.dateTime('2024-03-01T16:00:05Z', 'Asia/Shanghai')).toBe('02 Mar 2024, 00:00:05');
    expect(formatFor('zh-CN').date('2024-03-01T16:00:05Z', 'Asia/Shanghai')).toBe('2024/03/02');
  });
  it('says how long ago something was', () => {
    const now = Date.parse('2024-03-01T12:00:00Z');
    expect(english.ago('2024-03-01T09:00:00Z', now)).toBe('3 hr ago');
    expect(formatFor('zh-TW').ago('2024-03-01T11:59:00Z', now)).toBe('1 分鐘前');
  });
  it('measures bytes and durations', () => {
    expect(english.bytes(0)).toBe('0 B');
    expect(english.bytes(351_200_000)).toBe('351.2 MB');
    expect(english.duration(3_725_000)).toBe('01:02:05');
  });
  it('spells units as people write them', () => {
    expect(english.quantity(12, 'kW.h')).toBe('12 kWh');
    expect(unitName('unheard-of')).toBe('unheard-of');
    expect(unitName('kW.h/{part}')).toBe('kW.h/part');
  });
});
