import { fileErrors } from './errors.ts';

const DAY = 86_400_000;
/** Excel counts days from here; the day that never was (29 February 1900) only matters before March 1900. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

/** What a time reader found. `wall` is the wall clock as if it were UTC; with an offset in the text it is UTC itself. */
export interface TimeReader {
  /** False when the text does not fit the format; then nothing else holds. */
  read(text: string, start: number, end: number): boolean;
  wall: number;
  /** The text carried its own offset (or counts from 1970), so `wall` is UTC and the zone is not asked. */
  absolute: boolean;
  /** The hour was written as 24. */
  hour24: boolean;
  /** False when the format has a time of day only. */
  readonly dated: boolean;
}

/**
 * Tokens: `YYYY` `YY` year, `MM` `M` month, `MMM` month name (English, German), `DD` `D` day, `DDD` day of the year,
 * `HH` `H` hour 0-24, `hh` `h` hour 1-12 with `A` (AM, PM, 上午, 下午), `mm` `m` minute, `ss` `s` second,
 * `.SSS` fraction of any length, `Z` offset (`Z`, `+08:00`, `+0800`, `CEST`, ...), `ddd` name of the weekday.
 * `[...]` is optional, `'...'` is text. Anything else stands for itself, except that the separators `-` `/` `.` stand for each other
 * and blanks and `T` do so too. One digit is enough for a two-letter token unless digits follow directly.
 */
export function compileTimeFormat(format: string): TimeReader {
  if (format in unixScale) return new UnixReader(unixScale[format]!);
  if (format === 'excel') return new ExcelReader();
  return new PatternReader(format);
}

const unixScale: Record<string, number> = { 'unix-s': 1000, 'unix-ms': 1, 'unix-us': 0.001 };

class UnixReader implements TimeReader {
  wall = 0;
  readonly absolute = true;
  readonly hour24 = false;
  readonly dated = true;
  readonly #scale: number;
  constructor(scale: number) {
    this.#scale = scale;
  }
  read(text: string, start: number, end: number): boolean {
    const value = plainNumber(text, start, end);
    this.wall = Math.round(value * this.#scale);
    return Number.isFinite(value);
  }
}

class ExcelReader implements TimeReader {
  wall = 0;
  readonly absolute = false;
  readonly hour24 = false;
  readonly dated = true;
  read(text: string, start: number, end: number): boolean {
    const days = plainNumber(text, start, end);
    if (!(days > 60 && days < 2_958_466)) return false;
    const wall = EXCEL_EPOCH + Math.round(days * DAY);
    // A quarter of an hour has no exact serial number; within 50 ms of a second the second was meant.
    const second = Math.round(wall / 1000) * 1000;
    this.wall = Math.abs(wall - second) <= 50 ? second : wall;
    return true;
  }
}

/** A decimal number with dot or comma, without thousands separators. */
function plainNumber(text: string, start: number, end: number): number {
  const cell = text.slice(start, end).trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN;
}

const part = {
  literal: 0,
  separator: 1,
  blank: 2,
  year: 3,
  month: 4,
  monthName: 5,
  day: 6,
  dayOfYear: 7,
  hour: 8,
  minute: 9,
  second: 10,
  fraction: 11,
  meridiem: 12,
  offset: 13,
  weekday: 14,
  optional: 15,
} as const;

interface Step {
  readonly what: number;
  readonly min: number;
  readonly max: number;
  readonly char: number;
  readonly steps: readonly Step[];
}

const tokens: readonly (readonly [string, number, number, number])[] = [
  ['YYYY', part.year, 4, 4],
  ['YY', part.year, 2, 2],
  ['MMM', part.monthName, 0, 0],
  ['MM', part.month, 1, 2],
  ['M', part.month, 1, 2],
  ['DDD', part.dayOfYear, 1, 3],
  ['DD', part.day, 1, 2],
  ['D', part.day, 1, 2],
  ['HH', part.hour, 1, 2],
  ['hh', part.hour, 1, 2],
  ['H', part.hour, 1, 2],
  ['h', part.hour, 1, 2],
  ['mm', part.minute, 1, 2],
  ['m', part.minute, 1, 2],
  ['ss', part.second, 1, 2],
  ['s', part.second, 1, 2],
  ['.SSS', part.fraction, 0, 0],
  ['A', part.meridiem, 0, 0],
  ['ddd', part.weekday, 0, 0],
  ['Z', part.offset, 0, 0],
];

const monthNames = [
  ['jan', 'january', 'januar', 'jän', 'jänner'],
  ['feb', 'february', 'februar'],
  ['mar', 'march', 'mär', 'märz', 'mrz'],
  ['apr', 'april'],
  ['may', 'mai'],
  ['jun', 'june', 'juni'],
  ['jul', 'july', 'juli'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['oct', 'october', 'okt', 'oktober'],
  ['nov', 'november'],
  ['dec', 'december', 'dez', 'dezember'],
];
const months = new Map(monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

const zoneNames = new Map([
  ['Z', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['CET', 60],
  ['MEZ', 60],
  ['CEST', 120],
  ['MESZ', 120],
]);

function parseSteps(format: string, at: number, nested: boolean): { steps: Step[]; end: number } {
  const steps: Step[] = [];
  let position = at;
  while (position < format.length) {
    const char = format[position]!;
    if (char === ']' && nested) return { steps, end: position + 1 };
    if (char === '[') {
      const inner = parseSteps(format, position + 1, true);
      steps.push({ what: part.optional, min: 0, max: 0, char: 0, steps: inner.steps });
      position = inner.end;
      continue;
    }
    if (char === "'") {
      const close = format.indexOf("'", position + 1);
      if (close < 0) throw fileErrors.FILE_TIME_FORMAT_INVALID({ format, problem: "a ' is not closed" });
      for (const letter of format.slice(position + 1, close))
        steps.push({ what: part.literal, min: 0, max: 0, char: letter.charCodeAt(0), steps: [] });
      position = close + 1;
      continue;
    }
    const token = tokens.find(([name]) => format.startsWith(name, position));
    if (token !== undefined) {
      const [name, what, least, most] = token;
      // Digits that follow directly leave no other way to tell where this number ends.
      const packed = /^\[?(?:YY|MM|DD|HH|mm|ss|hh)/.test(format.slice(position + name.length));
      const min = packed && most === 2 ? 2 : packed && what === part.dayOfYear ? 3 : least;
      steps.push({ what, min, max: most, char: 0, steps: [] });
      position += name.length;
      continue;
    }
    const what = '-/.'.includes(char) ? part.separator : ' T'.includes(char) ? part.blank : part.literal;
    steps.push({ what, min: 0, max: 0, char: char.charCodeAt(0), steps: [] });
    position += 1;
  }
  if (nested) throw fileErrors.FILE_TIME_FORMAT_INVALID({ format, problem: 'a [ is not closed' });
  return { steps, end: position };
}

function contains(steps: readonly Step[], what: number): boolean {
  return steps.some((step) => step.what === what || contains(step.steps, what));
}

class PatternReader implements TimeReader {
  wall = 0;
  absolute = false;
  hour24 = false;
  readonly dated: boolean;
  readonly #steps: readonly Step[];
  readonly #twelve: boolean;
  readonly #byDayOfYear: boolean;
  #text = '';
  #at = 0;
  #end = 0;
  #year = 1970;
  #month = 1;
  #day = 1;
  #hour = 0;
  #minute = 0;
  #second = 0;
  #millisecond = 0;
  #meridiem = 0;
  #offset = 0;
  #cachedDate = -1;
  #cachedDays = 0;

  constructor(format: string) {
    this.#steps = parseSteps(format, 0, false).steps;
    this.#twelve = contains(this.#steps, part.meridiem);
    this.#byDayOfYear = contains(this.#steps, part.dayOfYear);
    const dated = this.#byDayOfYear || contains(this.#steps, part.day);
    const clock = contains(this.#steps, part.hour);
    const monthly = contains(this.#steps, part.year) && !clock;
    if (!dated && !clock && !monthly)
      throw fileErrors.FILE_TIME_FORMAT_INVALID({ format, problem: 'it names neither a day nor an hour' });
    this.dated = dated || monthly;
    if (dated && !contains(this.#steps, part.year))
      throw fileErrors.FILE_TIME_FORMAT_INVALID({ format, problem: 'it names no year' });
  }

  read(text: string, start: number, end: number): boolean {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    while (this.#at < end && text.charCodeAt(this.#at) <= 32) this.#at++;
    while (this.#end > this.#at && text.charCodeAt(this.#end - 1) <= 32) this.#end--;
    this.#month = 1;
    this.#day = 1;
    this.#hour = 0;
    this.#minute = 0;
    this.#second = 0;
    this.#millisecond = 0;
    this.#meridiem = 0;
    this.absolute = false;
    this.hour24 = false;
    return this.#run(this.#steps) && this.#at === this.#end && this.#finish();
  }

  #run(steps: readonly Step[]): boolean {
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index]!;
      if (step.what === part.optional) {
        const before = this.#at;
        if (before < this.#end && !this.#run(step.steps)) this.#at = before;
      } else if (!this.#step(step)) return false;
    }
    return true;
  }

  #step(step: Step): boolean {
    switch (step.what) {
      case part.separator: {
        const char = this.#text.charCodeAt(this.#at);
        // - . /
        if (this.#at >= this.#end || char < 45 || char > 47) return false;
        this.#at++;
        return true;
      }
      case part.blank:
        return this.#blank();
      case part.literal:
        if (this.#at >= this.#end || this.#text.charCodeAt(this.#at) !== step.char) return false;
        this.#at++;
        return true;
      case part.fraction:
        return this.#fraction();
      case part.monthName:
        return this.#monthName();
      case part.meridiem:
        return this.#readMeridiem();
      case part.offset:
        return this.#readOffset();
      case part.weekday:
        return this.#weekday();
      default:
        return this.#number(step);
    }
  }

  #number(step: Step): boolean {
    const from = this.#at;
    const limit = Math.min(this.#end, from + step.max);
    let value = 0;
    while (this.#at < limit) {
      const digit = this.#text.charCodeAt(this.#at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.#at++;
    }
    if (this.#at - from < step.min) return false;
    switch (step.what) {
      case part.year:
        this.#year = step.max === 2 ? value + (value < 70 ? 2000 : 1900) : value;
        break;
      case part.month:
        this.#month = value;
        break;
      case part.day:
      case part.dayOfYear:
        this.#day = value;
        break;
      case part.hour:
        this.#hour = value;
        break;
      case part.minute:
        this.#minute = value;
        break;
      default:
        this.#second = value;
    }
    return true;
  }

  #blank(): boolean {
    const from = this.#at;
    while (this.#at < this.#end) {
      const char = this.#text.charCodeAt(this.#at);
      if (char === 32 || char === 9 || char === 0xa0 || char === 0x202f || char === 0x3000) this.#at++;
      else if ((char === 84 || char === 116) && this.#at === from) this.#at++;
      else break;
    }
    return this.#at > from;
  }

  #fraction(): boolean {
    const mark = this.#text.charCodeAt(this.#at);
    if (this.#at >= this.#end || (mark !== 46 && mark !== 44 && mark !== 58)) return false;
    const from = ++this.#at;
    let value = 0;
    let scale = 100;
    while (this.#at < this.#end) {
      const digit = this.#text.charCodeAt(this.#at) - 48;
      if (digit < 0 || digit > 9) break;
      value += digit * scale;
      scale /= 10;
      this.#at++;
    }
    this.#millisecond = Math.floor(value + 1e-6);
    return this.#at > from;
  }

  #letters(): string {
    const from = this.#at;
    while (this.#at < this.#end && /\p{L}/u.test(this.#text[this.#at]!)) this.#at++;
    return this.#text.slice(from, this.#at);
  }

  #monthName(): boolean {
    const month = months.get(this.#letters().toLowerCase());
    if (month === undefined) return false;
    if (this.#text[this.#at] === '.' && this.#text[this.#at + 1] === ' ') this.#at++;
    this.#month = month;
    return true;
  }

  #readMeridiem(): boolean {
    const match = /^(?:(a\.?m\.?|上午|凌晨|早上)|(p\.?m\.?|下午|中午|晚上))/i.exec(
      this.#text.slice(this.#at, this.#end),
    );
    if (match === null) return false;
    this.#at += match[0].length;
    this.#meridiem = match[1] === undefined ? 2 : 1;
    return true;
  }

  #readOffset(): boolean {
    const match = /^(?:(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?|([A-Za-z]+))/.exec(this.#text.slice(this.#at, this.#end));
    if (match === null) return false;
    const named = match[4] === undefined ? undefined : zoneNames.get(match[4].toUpperCase());
    if (match[4] !== undefined && named === undefined) return false;
    const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
    this.#offset = (named ?? (match[1] === '-' ? -minutes : minutes)) * 60_000;
    this.#at += match[0].length;
    this.absolute = true;
    return true;
  }

  #weekday(): boolean {
    const from = this.#at;
    this.#letters();
    if (this.#text[this.#at] === '.' || this.#text[this.#at] === ',') this.#at++;
    return this.#at > from;
  }

  #finish(): boolean {
    let hour = this.#hour;
    if (this.#twelve && this.#meridiem !== 0) {
      if (hour > 12) return false;
      hour = (hour % 12) + (this.#meridiem === 2 ? 12 : 0);
    }
    if (hour > 24 || this.#minute > 59 || this.#second > 59) return false;
    if (hour === 24) {
      if (this.#minute !== 0 || this.#second !== 0 || this.#millisecond !== 0) return false;
      this.hour24 = true;
    }
    const days = this.#days();
    if (Number.isNaN(days)) return false;
    this.wall = days * DAY + hour * 3_600_000 + this.#minute * 60_000 + this.#second * 1000 + this.#millisecond;
    if (this.absolute) this.wall -= this.#offset;
    return true;
  }

  /** Days since 1970; NaN for a date that does not exist. */
  #days(): number {
    const date = (this.#year * 16 + this.#month) * 512 + this.#day;
    if (date === this.#cachedDate) return this.#cachedDays;
    const month = this.#byDayOfYear ? 1 : this.#month;
    if (month < 1 || month > 12 || this.#day < 1) return Number.NaN;
    const time = Date.UTC(this.#year, month - 1, this.#day);
    const found = new Date(time);
    const exists = this.#byDayOfYear ? found.getUTCFullYear() === this.#year : found.getUTCMonth() === month - 1;
    if (!exists || this.#year < 100) return Number.NaN;
    this.#cachedDate = date;
    this.#cachedDays = time / DAY;
    return this.#cachedDays;
  }
}
