import type { Note } from '@millwright/kernel';
import { mostFrequent, percent } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import { isMissingText } from './number-reader.ts';
import { compileTimeFormat } from './time-format.ts';

export interface TimeFormatGuess {
  readonly format: string;
  /** The texts have a date, a time of day, or both. */
  readonly parts: 'date' | 'time' | 'both';
  readonly dayFirst: boolean;
  /** Share of the filled cells that can be read. */
  readonly share: number;
  readonly confidence: number;
  readonly reason: Note;
  /** Numbers that could be something else; the column's name or order must agree. */
  readonly numeric: boolean;
}

interface Candidate {
  readonly format: string;
  readonly parts: TimeFormatGuess['parts'];
  readonly order?: 'day' | 'month' | 'year';
  readonly numeric?: boolean;
}

const from1990 = Date.UTC(1990, 0, 1);
const until2100 = Date.UTC(2100, 0, 1);

/** The format that reads the most cells of a column; undefined when none reads half of them. */
export function guessTimeFormat(column: readonly string[]): TimeFormatGuess | undefined {
  const cells = column.filter((cell) => !isMissingText(cell));
  const digits = cells.filter((cell) => /\d/.test(cell) && cell.length <= 48);
  if (digits.length === 0 || digits.length < cells.length / 2) return undefined;
  const trials = candidatesFor(digits).map((candidate) => tryFormat(candidate, cells));
  trials.sort(
    (a, b) => b.share - a.share || b.regular - a.regular || a.candidate.format.length - b.candidate.format.length,
  );
  const best = trials[0];
  if (best === undefined || best.share < 0.5) return undefined;
  const rivals = trials.filter((other) => isRival(best.candidate, other.candidate) && other.share === best.share);
  return settle(best, rivals, cells);
}

interface Trial {
  readonly candidate: Candidate;
  readonly share: number;
  /** How evenly the times follow one another. */
  readonly regular: number;
  /** Steps that are not the most frequent one. */
  readonly odd: number;
  readonly steps: number;
}

function isRival(a: Candidate, b: Candidate): boolean {
  return a !== b && a.order !== undefined && b.order !== undefined && a.order !== b.order;
}

function settle(best: Trial, rivals: readonly Trial[], cells: readonly string[]): TimeFormatGuess {
  const rival = rivals[0];
  const { format, parts, numeric = false } = best.candidate;
  const fits = { share: percent(best.share), format };
  const base = { format, parts, share: best.share, numeric, dayFirst: best.candidate.order === 'day' };
  if (rival === undefined) {
    const reason = guessNotes[best.candidate.order === undefined ? 'format-fits' : 'format-only'](fits);
    return { ...base, confidence: Math.min(0.99, best.share), reason };
  }
  if (isClearlyMoreEven(best, rival)) {
    const reason = guessNotes['format-even']({ ...fits, other: rival.candidate.format });
    return { ...base, confidence: 0.8, reason };
  }
  const chosen = preferred(best, rivals, cells[0] ?? '');
  const other = chosen === best ? rival : best;
  const reason = guessNotes['format-ambiguous']({ format: chosen.candidate.format, other: other.candidate.format });
  const { format: chosenFormat, order } = chosen.candidate;
  return { ...base, format: chosenFormat, dayFirst: order === 'day', confidence: 0.5, reason };
}

/**
 * A week of quarter hours has seven steps over midnight in 672: read with day and month exchanged these few jump by a
 * month, and read rightly none does.
 */
function isClearlyMoreEven(best: Trial, rival: Trial): boolean {
  if (best.regular > rival.regular + 0.02) return true;
  return best.regular > rival.regular && best.steps >= 10 && best.odd * 2 < rival.odd;
}

/** By custom: dots and hyphens put the day first, a slash with AM or PM the month. */
function preferred(best: Trial, rivals: readonly Trial[], cell: string): Trial {
  const order = /\d\/\d/.test(cell) && /[ap]\.?m/i.test(cell) ? 'month' : 'day';
  return [best, ...rivals].find((trial) => trial.candidate.order === order) ?? best;
}

function tryFormat(candidate: Candidate, cells: readonly string[]): Trial {
  const reader = compileTimeFormat(candidate.format);
  const walls: number[] = [];
  for (const cell of cells) {
    if (!reader.read(cell, 0, cell.length)) continue;
    const plausible = candidate.parts === 'time' || (reader.wall >= from1990 && reader.wall < until2100);
    if (plausible || !candidate.numeric) walls.push(reader.wall);
  }
  return { candidate, share: walls.length / cells.length, ...regularity(walls) };
}

/** `regular`: share of the steps that are the most frequent step, plus share of the steps in the more frequent direction. */
function regularity(walls: readonly number[]): Pick<Trial, 'regular' | 'odd' | 'steps'> {
  const steps = walls.slice(1).map((wall, index) => wall - walls[index]!);
  const moving = steps.filter((step) => step !== 0);
  if (moving.length === 0) return { regular: 0, odd: 0, steps: 0 };
  const forward = moving.filter((step) => step > 0).length / moving.length;
  const even = mostFrequent(moving)?.share ?? 0;
  const odd = Math.round((1 - even) * moving.length);
  return { regular: even + Math.max(forward, 1 - forward), odd, steps: moving.length };
}

function candidatesFor(cells: readonly string[]): Candidate[] {
  const byGroups = new Map<number, string>();
  for (const cell of cells.slice(0, 500)) {
    const groups = cell.match(/\d+/g)!.length;
    const known = byGroups.get(groups);
    // The shortest shows where one digit is enough.
    if (known === undefined || cell.length < known.length) byGroups.set(groups, cell);
  }
  const found = new Map<string, Candidate>();
  for (const cell of byGroups.values())
    for (const candidate of [...numericCandidates(cell), ...textCandidates(cell)])
      found.set(candidate.format, candidate);
  for (const candidate of [...found.values()]) {
    const optional = withOptionalTime(candidate);
    if (byGroups.size > 1 && optional !== undefined) found.set(optional.format, optional);
  }
  return [...found.values()];
}

/** Some programs leave out 00:00. */
function withOptionalTime(candidate: Candidate): Candidate | undefined {
  const match = /^(.*?[DY])( .*[Hh].*)$/.exec(candidate.format);
  return match === null ? undefined : { ...candidate, format: `${match[1]}[${match[2]}]` };
}

function numericCandidates(cell: string): Candidate[] {
  const text = cell.trim();
  const candidate = (format: string, parts: Candidate['parts'] = 'both') => ({ format, parts, numeric: true });
  if (/^\d{8}$/.test(text)) return [candidate('YYYYMMDD', 'date')];
  if (/^\d{10}$/.test(text)) return [candidate('unix-s'), candidate('YYYYMMDDHH')];
  if (/^\d{12}$/.test(text)) return [candidate('YYYYMMDDHHmm')];
  if (/^\d{13}$/.test(text)) return [candidate('unix-ms')];
  if (/^\d{14}$/.test(text)) return [candidate('YYYYMMDDHHmmss')];
  if (/^\d{16}$/.test(text)) return [candidate('unix-us')];
  if (/^\d{9,10}\.\d+$/.test(text)) return [candidate('unix-s')];
  if (/^[34567]\d{4}(?:[.,]\d+)?$/.test(text)) return [candidate('excel')];
  return [];
}

const meridiem = /^(?:[ap]\.?m\.?|上午|下午|凌晨|早上|中午|晚上)$/i;
const monthWord = /^(?:jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\p{L}*$/iu;
const weekdayWord = /^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|星期.|周.|週.)\p{Ll}*$/iu;
const hourMark = /^[:hH时時点點]$/;

/** Formats that a text could have, from its groups of digits and what stands between them. */
function textCandidates(cell: string): Candidate[] {
  const tokens = cell.trim().match(/\d+|上午|下午|凌晨|早上|中午|晚上|[ap]\.m\.?|[A-Za-zÄÖÜäöü]+|./gu) ?? [];
  if (!tokens.some((token) => !/^[\d.]+$/.test(token)) && tokens.filter((token) => /\d/.test(token)).length < 3)
    return [];
  let at = 0;
  let prefix = '';
  if (weekdayWord.test(tokens[0] ?? '') && !monthWord.test(tokens[0] ?? '')) {
    prefix = 'ddd';
    at = 1;
    while (at < tokens.length && /^[., ]$/.test(tokens[at]!)) at++;
    prefix += ' ';
  }
  const dates = isClock(tokens, at) ? [{ format: '', end: at }] : dateFormats(tokens, at);
  const found: Candidate[] = [];
  for (const date of dates) {
    const clock = clockFormat(tokens, date.end);
    if (clock === undefined) continue;
    const parts = date.format === '' ? 'time' : clock === '' ? 'date' : 'both';
    const order = 'order' in date ? (date.order as Candidate['order']) : undefined;
    found.push({ format: prefix + date.format + clock, parts, ...(order === undefined ? {} : { order }) });
  }
  return found;
}

function isClock(tokens: readonly string[], at: number): boolean {
  const first = meridiem.test(tokens[at] ?? '') ? at + 1 : at;
  return /^\d{1,2}$/.test(tokens[first] ?? '') && hourMark.test(tokens[first + 1] ?? '');
}

interface DateFormat {
  readonly format: string;
  readonly end: number;
  readonly order?: 'day' | 'month' | 'year';
}

function dateFormats(tokens: readonly string[], at: number): DateFormat[] {
  const [a = '', between = '', b = '', then = '', c = ''] = tokens.slice(at, at + 5);
  if (/^\d{8}$/.test(a)) return [{ format: 'YYYYMMDD', end: at + 1 }];
  if (!monthWord.test(a) && !monthWord.test(b) && !(/^[-/. 年]$/.test(between) && /^[-/. 月]?$/.test(then))) return [];
  if (/^\d{4}$/.test(a) && /^\d{3}$/.test(b)) return [{ format: `YYYY${between}DDD`, end: at + 3 }];
  if (/^\d{4}$/.test(a) && /^\d{1,2}$/.test(b) && /^\d{1,2}$/.test(c)) {
    const mark = /^[日号]$/.test(tokens[at + 5] ?? '') ? tokens[at + 5]! : '';
    return [
      { format: `YYYY${between}${two('M', b)}${then}${two('D', c)}${mark}`, end: at + 5 + (mark === '' ? 0 : 1) },
    ];
  }
  if (/^\d{4}$/.test(a) && /^\d{1,2}$/.test(b) && tokens.length <= at + 4 && (then === '' || then === '月'))
    return [{ format: `YYYY${between}${two('M', b)}${then}`, end: tokens.length }];
  if (monthWord.test(a) || monthWord.test(b)) return namedMonth(tokens, at);
  if (!/^\d{1,2}$/.test(a) || !/^\d{1,2}$/.test(b) || !/^(?:\d{2}|\d{4})$/.test(c) || between !== then) return [];
  const year = c.length === 4 ? 'YYYY' : 'YY';
  const found: DateFormat[] = [
    { format: `${two('D', a)}${between}${two('M', b)}${then}${year}`, end: at + 5, order: 'day' },
    { format: `${two('M', a)}${between}${two('D', b)}${then}${year}`, end: at + 5, order: 'month' },
  ];
  if (c.length === 2)
    found.push({ format: `YY${between}${two('M', b)}${then}${two('D', c)}`, end: at + 5, order: 'year' });
  return found;
}

/** `05-Jan-2023`, `5. Januar 2023`, `Jan 5, 2023`. */
function namedMonth(tokens: readonly string[], at: number): DateFormat[] {
  let format = '';
  let position = at;
  let days = 0;
  for (; position < tokens.length; position++) {
    const token = tokens[position]!;
    if (monthWord.test(token)) format += 'MMM';
    else if (/^\d{4}$/.test(token)) return days === 1 ? [{ format: `${format}YYYY`, end: position + 1 }] : [];
    else if (/^\d{1,2}$/.test(token) && days++ === 0) format += two('D', token);
    else if (/^\d{2}$/.test(token) && format.includes('MMM')) return [{ format: `${format}YY`, end: position + 1 }];
    else if (/^[-/., ]$/.test(token)) format += token;
    else return [];
  }
  return [];
}

function two(letter: string, digits: string): string {
  return digits.length === 2 ? letter + letter : letter;
}

/** The format of what follows the date; undefined when it is no time of day. */
function clockFormat(tokens: readonly string[], from: number): string | undefined {
  const rest = tokens.slice(from);
  const twelve = rest.some((token) => meridiem.test(token));
  const hour = (digits: string) => (twelve ? two('h', digits) : two('H', digits));
  let format = '';
  let numbers = 0;
  for (let index = 0; index < rest.length; index++) {
    const token = rest[index]!;
    const next = rest[index + 1] ?? '';
    if (/^\d+$/.test(token)) {
      if (numbers === 0 && (token.length === 4 || token.length === 6)) {
        format += token.length === 4 ? 'HHmm' : 'HHmmss';
        numbers = token.length / 2;
      } else if (token.length <= 2 && numbers < 3)
        format += [hour, (d: string) => two('m', d), (d: string) => two('s', d)][numbers++]!(token);
      else return undefined;
    } else if (meridiem.test(token)) format += 'A';
    else if (/^[.,:]$/.test(token) && numbers === 3 && /^\d+$/.test(next)) {
      format += '[.SSS]';
      index++;
    } else if (/^[-+]$/.test(token) && numbers > 1) return `${format}[Z]`;
    else if (/^(?:Z|UTC|GMT|CES?T|MES?Z)$/i.test(token)) return `${format}Z`;
    else if (token === 'T') format += 'T';
    else if (/^(?:Uhr|[hH])$/.test(token)) format += `'${token}'`;
    else if (/^[-:. _时時点點分秒]$/.test(token)) format += token;
    else return undefined;
  }
  // Where the sample shows no seconds later rows may have them, and the other way round.
  return format.replace(/:(s{1,2})(?=$| )/, ':$1[.SSS]').replace(/(:m{1,2})(?=$| A)/, '$1[:ss]');
}
