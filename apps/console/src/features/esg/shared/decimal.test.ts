import { describe, expect, it } from 'vitest';
import { cleanDecimal, groupDecimal, printDecimal } from './decimal.ts';

describe('printDecimal', () => {
  it('prints as the published tables do', () => {
    expect(printDecimal('531.565224', 2)).toBe('531.57');
    expect(printDecimal('586.855809', 2)).toBe('586.86');
    expect(printDecimal('1029.03', 2)).toBe('1,029.03');
    expect(printDecimal('2711', 0)).toBe('2,711');
  });
  it('rounds half up, also over a nine', () => {
    expect(printDecimal('0.995', 2)).toBe('1.00');
    expect(printDecimal('999999.5', 0)).toBe('1,000,000');
  });
  it('keeps more digits than a number of the browser has', () =>
    expect(printDecimal('12345678901234567890.125', 2)).toBe('12,345,678,901,234,567,890.13'));
  it('has no minus before zero', () => {
    expect(printDecimal('-0.001', 2)).toBe('0.00');
    expect(printDecimal('-55.290585', 2)).toBe('-55.29');
  });
  it('leaves alone what is no number', () => expect(printDecimal('n/a', 2)).toBe('n/a'));
});

describe('groupDecimal', () => {
  it('shows what is there and no zeros behind it', () => {
    expect(groupDecimal('267234424.40')).toBe('267,234,424.4');
    expect(groupDecimal('820')).toBe('820');
    expect(groupDecimal('289649.4898573416666666')).toBe('289,649.489857');
  });
});

describe('cleanDecimal', () => {
  it('takes thousands as people write them', () => {
    expect(cleanDecimal('1,250,000')).toBe('1250000');
    expect(cleanDecimal(' 1 029.03 ')).toBe('1029.03');
  });
  it('refuses what could be read in two ways, and what is below zero', () => {
    expect(cleanDecimal('12,5')).toBeUndefined();
    expect(cleanDecimal('-5')).toBeUndefined();
    expect(cleanDecimal('')).toBeUndefined();
  });
});
