import { Decimal } from 'decimal.js';
import { z } from 'zod';

/**
 * Decimals wide enough that sums and products of bills and factors are exact; only a division can be cut, at 80
 * digits. Never handed out of this module: at the borders a number is a string.
 */
export const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -200, toExpPos: 200 });
export type Exact = Decimal;

/** A quotient without end is written with this many significant digits. */
const writtenDigits = 40;

const decimalPattern = /^[+-]?\d+(\.\d+)?$/;

/**
 * A decimal number as text ("1029.03"). A JSON number is taken as it is written while its 15 digits are safe; beyond
 * that it may already have lost digits on the way, so it has to be sent as text.
 */
export const decimalTextSchema = z
  .union([z.string().trim().regex(decimalPattern, 'must be a decimal number such as "1029.03"'), z.number()])
  .transform((value, context) => {
    if (typeof value === 'string') return value.replace(/^\+/, '');
    const text = new Exact(value).toFixed();
    if (text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15) return text;
    context.addIssue({ code: 'custom', message: `${text} has more digits than a JSON number keeps; write it as text` });
    return z.NEVER;
  });

/**
 * The exact value as plain text, without exponent or rounding to a display. Only a quotient without end, which fills
 * the whole precision, is cut.
 */
export function exactText(value: Exact): string {
  const digits = value.precision();
  const text = value.toSignificantDigits(digits < 78 ? Math.max(digits, 1) : writtenDigits).toFixed();
  return text === '-0' ? '0' : text;
}

/** Sum of exact values. */
export function sumOf(values: readonly Exact[]): Exact {
  return values.reduce<Exact>((total, value) => total.plus(value), new Exact(0));
}

/**
 * For the eye only: half up at `places` decimals, thousands separated by commas, as the published tables print
 * ("1,029.03", "2,711").
 */
export function formatDecimal(value: string | Exact, places: number): string {
  const fixed = new Exact(value).toFixed(places, Decimal.ROUND_HALF_UP);
  const negative = fixed.startsWith('-') && /[1-9]/.test(fixed);
  const [whole = '0', fraction] = fixed.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
