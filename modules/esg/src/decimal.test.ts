import { describe, expect, it } from 'vitest';
import { decimalTextSchema, Exact, exactText, formatDecimal } from './decimal.ts';

describe('formatDecimal', () => {
  it.each([
    ['1029.03', 2, '1,029.03'],
    ['2711', 0, '2,711'],
    ['586.855809', 2, '586.86'],
    ['0.005', 2, '0.01'],
    ['1.005', 2, '1.01'],
    ['-0.004', 2, '0.00'],
    ['-1234567.895', 2, '-1,234,567.90'],
    ['999.995', 2, '1,000.00'],
    ['12', 2, '12.00'],
  ])('prints %s at %i places as %s', (value, places, printed) => {
    expect(formatDecimal(value, places)).toBe(printed);
  });
});

describe('decimalTextSchema', () => {
  it('takes text and JSON numbers as they are written', () => {
    expect(decimalTextSchema.parse(' 1029.03 ')).toBe('1029.03');
    expect(decimalTextSchema.parse(932.08)).toBe('932.08');
    expect(decimalTextSchema.parse(1e-7)).toBe('0.0000001');
  });

  it('refuses what is no decimal number, and JSON numbers that may have lost digits', () => {
    for (const bad of ['1,029.03', '1e3', '', 'NaN', Number.NaN, null, 0.1 + 0.2])
      expect(decimalTextSchema.safeParse(bad).success).toBe(false);
  });
});

describe('exactText', () => {
  it('keeps sums that binary numbers would miss', () => {
    expect(exactText(new Exact('0.1').plus('0.2'))).toBe('0.3');
    expect(exactText(new Exact('123456789012345678.9').times('0.000000001'))).toBe('123456789.0123456789');
  });

  it('cuts only a quotient without end', () => {
    expect(exactText(new Exact(1).div(3))).toBe(`0.${'3'.repeat(40)}`);
    expect(exactText(new Exact(0).times(-1))).toBe('0');
  });
});
