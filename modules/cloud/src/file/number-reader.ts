/** Powers of ten that a double holds exactly; a quotient of two exact doubles is correctly rounded. */
const powers = Array.from({ length: 23 }, (_, index) => Number(`1e${index}`));
const missingTexts = new Set(
  [
    ...[
      '',
      'na',
      'n/a',
      '#n/a',
      '#nv',
      '#na',
      '<na>',
      'nan',
      '-nan',
      'null',
      'none',
      'nil',
      'missing',
      'k.a.',
      'k. a.',
    ],
    ...['-', '--', '---', '----', '–', '—', '——', '...', '?', '无', '無', '缺失', '缺测', '缺測', '空'],
  ].map((text) => text.toLowerCase()),
);

/** Above this a value is an error of the meter or of the reader, in any unit that a plant uses. */
export const LARGEST_VALUE = 1e15;

export type NumberStatus = 'value' | 'missing' | 'not-a-number' | 'out-of-range';

export interface NumberFormat {
  readonly decimal: '.' | ',';
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  readonly missing?: readonly string[];
}

const groupMarks = { '': '', ',': ',', '.': '\\.', ' ': '[ \\u00a0\\u2009\\u202f]', "'": "['\\u2019]" } as const;

/** Reads the numbers of one file: decimal sign, thousands separator, and the texts that stand for "no value". */
export class NumberReader {
  /** Of the last `read`. */
  status: NumberStatus = 'missing';
  readonly #decimal: number;
  readonly #decimalText: string;
  readonly #grouped: RegExp | undefined;
  readonly #groupMark: RegExp | undefined;
  readonly #missing: ReadonlySet<string>;
  readonly #missingNumbers: readonly number[];

  constructor(format: NumberFormat) {
    this.#decimalText = format.decimal;
    this.#decimal = format.decimal.charCodeAt(0);
    if (format.thousands !== '') {
      const mark = groupMarks[format.thousands];
      this.#grouped = new RegExp(`^[+-]?\\d{1,3}(?:${mark}\\d{3})+(?:\\${format.decimal}\\d*)?$`);
      this.#groupMark = new RegExp(mark, 'g');
    }
    const own = format.missing ?? [];
    this.#missing =
      own.length === 0 ? missingTexts : new Set([...missingTexts, ...own.map((text) => text.toLowerCase())]);
    this.#missingNumbers = own.map(Number).filter(Number.isFinite);
  }

  /** The number in `text` from `start` to `end`, or NaN with `status` saying why. */
  read(text: string, start: number, end: number, suffix?: string): number {
    let at = start;
    while (at < end && text.charCodeAt(at) <= 32) at++;
    let to = end;
    while (to > at && text.charCodeAt(to - 1) <= 32) to--;
    const value = suffix === undefined ? this.#fast(text, at, to) : Number.NaN;
    if (!Number.isNaN(value)) {
      if (this.#missingNumbers.length > 0 && this.#missingNumbers.includes(value)) return this.#no('missing');
      if (value > LARGEST_VALUE || value < -LARGEST_VALUE) return this.#no('out-of-range');
      this.status = 'value';
      return value;
    }
    return this.#slow(text.slice(at, to), suffix);
  }

  /** Sign, up to 15 significant digits, decimal sign: almost every cell of a meter's file. Anything else is NaN. */
  #fast(text: string, start: number, end: number): number {
    let at = start;
    const first = at < end ? text.charCodeAt(at) : 0;
    if (first === 45 || first === 43) at++;
    let mantissa = 0;
    let digits = 0;
    let decimals = -1;
    for (; at < end; at++) {
      const char = text.charCodeAt(at);
      if (char >= 48 && char <= 57) {
        mantissa = mantissa * 10 + (char - 48);
        digits++;
      } else if (char === this.#decimal && decimals < 0) decimals = digits;
      else return Number.NaN;
    }
    if (digits === 0 || mantissa > Number.MAX_SAFE_INTEGER || digits > 22) return Number.NaN;
    const size = decimals < 0 ? mantissa : mantissa / powers[digits - decimals]!;
    // Not -size: zero has no sign in a meter.
    return first === 45 ? 0 - size : size;
  }

  #slow(cell: string, suffix: string | undefined): number {
    let plain = cell.trim();
    if (this.#missing.has(plain.toLowerCase())) return this.#no('missing');
    if (suffix !== undefined && plain.toLowerCase().endsWith(suffix.toLowerCase()))
      plain = plain.slice(0, -suffix.length).trim();
    plain = plain.replace(/^[\u2212\ufe63\uff0d]/, '-');
    if (this.#grouped?.test(plain)) plain = plain.replace(this.#groupMark!, '');
    if (this.#decimalText === ',') {
      if (plain.includes('.')) return this.#no('not-a-number');
      plain = plain.replace(',', '.');
    }
    if (/^[+-]?(?:inf|infinity|∞)$/i.test(plain)) return this.#no('not-a-number');
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return this.#no('not-a-number');
    const value = Number(plain);
    if (this.#missingNumbers.includes(value)) return this.#no('missing');
    if (!(Math.abs(value) <= LARGEST_VALUE)) return this.#no('out-of-range');
    this.status = 'value';
    return value;
  }

  #no(status: NumberStatus): number {
    this.status = status;
    return Number.NaN;
  }
}

/** True for the usual ways of writing "no value" (NA, NaN, null, --, #N/A, blanks). */
export function isMissingText(cell: string): boolean {
  return missingTexts.has(cell.trim().toLowerCase());
}
