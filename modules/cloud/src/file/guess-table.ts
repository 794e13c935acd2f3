import type { Note } from '@millwright/kernel';
import type { Chosen } from './chosen.ts';
import { mostFrequent } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import { guessTimeFormat, type TimeFormatGuess } from './guess-time-format.ts';
import { headerNames } from './header-names.ts';
import { isMissingText } from './number-reader.ts';
import { compileTimeFormat } from './time-format.ts';
import { parseUnit } from './units.ts';

export interface TimeColumn {
  /** From 0. */
  readonly columns: readonly number[];
  readonly guess: TimeFormatGuess;
}

/** Where in the sample the table stands. */
export interface TableFrame {
  readonly width: number;
  /** Rows before the header. */
  readonly skipRows: number;
  readonly headerRows: number;
  readonly header: readonly string[];
  /** The units row of the header, if it has one. */
  readonly units?: readonly string[];
  /** Data rows of the table's width. */
  readonly body: readonly (readonly string[])[];
  readonly reason: Note;
}

/** The width that most filled rows have; the wider of two that are as frequent. */
export function tableWidth(rows: readonly (readonly string[])[]): number {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const later = filled.slice(Math.floor(filled.length / 4));
  return mostFrequent(later.map((row) => row.length).sort((a, b) => b - a))?.value ?? 0;
}

/**
 * Finds where data begins: the first row from which on rows look like the body does in the columns that are numbers or
 * times in most rows. Header rows stand directly above.
 */
export function frameTable(
  rows: readonly (readonly string[])[],
  width: number,
  chosen: Pick<Chosen, 'skipRows' | 'headerRows'> = {},
): TableFrame {
  const guessed = dataStart(rows, width);
  const top = chosen.skipRows ?? Math.max(0, headerTop(rows, guessed, width));
  const start = chosen.headerRows === undefined ? Math.max(top, guessed) : top + chosen.headerRows;
  const names = rows.slice(top, start);
  const unitsRow = names.length > 1 ? names.find((row, index) => index > 0 && isUnitsRow(row)) : undefined;
  const body = rows.slice(start).filter((row) => row.length >= width && row.some((cell) => cell !== ''));
  const header = names.length === 0 ? [] : headerNames(names).slice(0, width);
  const holds =
    names.length === 0
      ? guessNotes['no-header']()
      : guessNotes[unitsRow === undefined ? 'header' : 'header-units']({ rows: names.length });
  const reason =
    top === 0 ? holds : guessNotes['header-below']({ holds, above: guessNotes['rows-above']({ rows: top }) });
  return {
    width,
    skipRows: top,
    headerRows: names.length,
    header,
    ...(unitsRow === undefined ? {} : { units: unitsRow }),
    body: body.map((row) => row.slice(0, width)),
    reason,
  };
}

/** A cell that a header would not have. */
function looksLikeData(cell: string): boolean {
  return /^[+-]?[\d.,' ]*\d[\d.,' ]*(?:[eE][+-]?\d+)?\s*%?$/.test(cell) || /^\d{1,4}[-/.年]\d{1,2}[-/.月]/.test(cell);
}

function dataStart(rows: readonly (readonly string[])[], width: number): number {
  const last = rows.slice(-Math.max(1, Math.ceil(rows.length * 0.7)));
  const body = last.filter((row) => row.length >= width);
  // Columns that hold data in nearly all rows of the later part; a header is text in these.
  const telling: number[] = [];
  for (let column = 0; column < width; column++) {
    const filled = body.map((row) => row[column]!).filter((cell) => !isMissingText(cell));
    const data = filled.filter((cell) => looksLikeData(cell) || /\d\D.*\d/.test(cell)).length;
    if (filled.length > 0 && data / filled.length > 0.7) telling.push(column);
  }
  const isData = (row: readonly string[] | undefined) => {
    if (row === undefined || row.length < width || telling.length === 0) return false;
    const filled = telling.filter((column) => !isMissingText(row[column]!));
    const data = filled.filter((column) => looksLikeData(row[column]!) || /\d\D.*\d/.test(row[column]!));
    // The first telling column (mostly the time) must agree: a matrix has numbers in its header too.
    const first = row[telling[0]!]!;
    const firstFits = isMissingText(first) || looksLikeData(first) || /\d\D.*\d/.test(first);
    return filled.length > 0 && firstFits && data.length / filled.length > 0.6;
  };
  const start = rows.findIndex(
    (row, index) => isData(row) && (index + 1 >= rows.length || isData(rows[index + 1]) || isData(rows[index + 2])),
  );
  if (start < 0) return Math.min(1, rows.length);
  // A line that is no row (it has no cells) above the data is broken data and no part of the header.
  let first = start;
  while (first > 0 && rows[first - 1]!.length === 0) first--;
  return first;
}

function headerTop(rows: readonly (readonly string[])[], start: number, width: number): number {
  const fits = (index: number) => {
    const row = rows[index];
    return (
      row !== undefined &&
      row.length >= Math.min(width, 2) &&
      row.length <= width + 1 &&
      row.filter((cell) => cell !== '').length > 1
    );
  };
  let bottom = start - 1;
  // One blank line between header and data.
  if (bottom > 0 && rows[bottom]!.every((cell) => cell === '')) bottom--;
  if (bottom < 0 || rows[bottom]!.length !== width || !rows[bottom]!.some((cell) => cell !== '')) return start;
  let top = bottom;
  if (isUnitsRow(rows[top]!) && fits(top - 1)) top--;
  const names = rows[top]!.slice(1);
  const poor = new Set(names).size < names.length || names.filter((cell) => cell === '').length > names.length / 4;
  if (poor && fits(top - 1) && rows[top - 1]!.length === width && !rows[top - 1]!.some(looksLikeData)) top--;
  return top;
}

/** Units, dashes and blanks only. */
function isUnitsRow(row: readonly string[]): boolean {
  const rest = row.filter((cell) => cell !== '' && !/^-+$/.test(cell));
  const units = rest.filter((cell) => parseUnit(cell) !== undefined || /^\[.*\]$|^\(.*\)$/.test(cell));
  return rest.length > 0 && units.length / rest.length >= 0.6;
}

const timeWords = /date|time|stamp|datum|zeit|uhrzeit|\btag\b|日期|时间|時間|时刻|時刻|年月日|数据时间|\bts\b|epoch/i;
const words: Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'dayOfYear', RegExp> = {
  year: /^(?:year|yr|yyyy|jahr|年|年份)$/i,
  month: /^(?:month|mon|mm|monat|月|月份)$/i,
  day: /^(?:day|dd|tag|日|day.?of.?month)$/i,
  hour: /^(?:hour|hr|hh|h|stunde|std|时|時|小时|小時|hour.?(?:of.?day|ending|beginning)|he)$/i,
  minute: /^(?:minute|min|minuten|分|分钟|分鐘)$/i,
  dayOfYear: /^(?:day.?of.?year|doy|yday|julian.?day|tag.?des.?jahres|年积日|ddd)$/i,
};

/** The columns that hold the time, from 0; undefined when none does, or when those that were chosen (from 1) do not. */
export function findTime(frame: TableFrame, chosen?: readonly number[]): TimeColumn | undefined {
  const { header, body, width } = frame;
  const column = (index: number) => body.map((row) => row[index]!);
  if (chosen !== undefined) {
    const columns = chosen.map((number) => number - 1);
    const guess = guessTimeFormat(body.map((row) => columns.map((index) => row[index] ?? '').join(' ')));
    return guess && { columns, guess };
  }
  const guesses = Array.from({ length: width }, (_, index) => ({
    index,
    guess: asDate(guessTimeFormat(column(index)), column(index)),
  }));
  const usable = guesses.flatMap(({ index, guess }) => {
    if (guess === undefined) return [];
    const named = timeWords.test(header[index] ?? '');
    if (guess.numeric && !named && !(index === 0 && steady(column(index), guess.format))) return [];
    return [{ index, guess, named }];
  });
  const dated = usable.filter(({ guess }) => guess.parts !== 'time');
  dated.sort(
    (a, b) =>
      Number(b.guess.parts === 'both') - Number(a.guess.parts === 'both') ||
      Number(a.guess.numeric) - Number(b.guess.numeric) ||
      Number(b.named) - Number(a.named) ||
      b.guess.share - a.guess.share ||
      a.index - b.index,
  );
  const best = dated[0];
  if (best === undefined) return byParts(frame, column);
  if (best.guess.parts === 'both') return { columns: [best.index], guess: best.guess };
  const clock = usable.find(({ guess, index }) => guess.parts === 'time' && index !== best.index && guess.share > 0.5);
  if (clock !== undefined)
    return (
      joined(column, [best.index, clock.index], `${dateOnly(best.guess.format)} ${clock.guess.format}`, best.guess) ??
      alone(best)
    );
  const hour = header.findIndex((name) => words.hour.test(name.trim()));
  const minute = header.findIndex((name) => words.minute.test(name.trim()));
  if (hour >= 0 && minute >= 0)
    return joined(column, [best.index, hour, minute], `${dateOnly(best.guess.format)} H m`, best.guess) ?? alone(best);
  if (hour >= 0)
    return joined(column, [best.index, hour], `${dateOnly(best.guess.format)} H`, best.guess) ?? alone(best);
  return alone(best);
}

/** Dates that a program wrote with 00:00:00 behind each of them are dates. */
function asDate(guess: TimeFormatGuess | undefined, cells: readonly string[]): TimeFormatGuess | undefined {
  if (guess?.parts !== 'both' || cells.length < 2) return guess;
  return cells.every((cell) => cell === '' || /[ T]0?0:00(?::00)?$/.test(cell)) ? { ...guess, parts: 'date' } : guess;
}

/** The format with the midnight of `asDate` as plain text, so that a time of day can follow. */
function dateOnly(format: string): string {
  return format.replace(
    /([ T])H+:mm(:ss)?.*$/,
    (_, blank: string, seconds?: string) => `${blank}['0']'0:00${seconds === undefined ? '' : ':00'}'`,
  );
}

function alone(best: { index: number; guess: TimeFormatGuess }): TimeColumn {
  return { columns: [best.index], guess: best.guess };
}

/** Numbers that only grow, in steps that are mostly alike, may be times though nothing calls them so. */
function steady(cells: readonly string[], format: string): boolean {
  const numbers = cells.map(Number).filter(Number.isFinite);
  if (numbers.length < 3 || format === 'excel') return false;
  const steps = numbers.slice(1).map((value, index) => value - numbers[index]!);
  return steps.every((step) => step > 0) && (mostFrequent(steps)?.share ?? 0) > 0.5;
}

/** Year, month, day and hour in columns of their own, told by their names. */
function byParts(frame: TableFrame, column: (index: number) => string[]): TimeColumn | undefined {
  const find = (part: keyof typeof words) => frame.header.findIndex((name) => words[part].test(name.trim()));
  const [year, month, day, hour, minute, dayOfYear] = (
    ['year', 'month', 'day', 'hour', 'minute', 'dayOfYear'] as const
  ).map(find);
  if (year! < 0) return undefined;
  const date = dayOfYear! >= 0 ? [year!, dayOfYear!] : month! >= 0 && day! >= 0 ? [year!, month!, day!] : undefined;
  if (date === undefined) return undefined;
  const clock = hour! < 0 ? [] : minute! < 0 ? [hour!] : [hour!, minute!];
  const format = [dayOfYear! >= 0 ? 'YYYY DDD' : 'YYYY M D', 'H', 'm'].slice(0, 1 + clock.length).join(' ');
  return joined(column, [...date, ...clock], format);
}

function joined(
  column: (index: number) => string[],
  columns: readonly number[],
  format: string,
  base?: TimeFormatGuess,
): TimeColumn | undefined {
  const cells = columns.map(column);
  const texts = cells[0]!.map((_, row) => cells.map((cell) => cell[row]!).join(' '));
  const share = shareRead(texts, format);
  if (share < 0.5) return undefined;
  const together = guessNotes['format-together']({ format, share: { share: Math.round(share * 100) / 100 } });
  const reason = base === undefined ? together : guessNotes.all({ reasons: [together, base.reason] });
  const guess: TimeFormatGuess = {
    format,
    parts: 'both',
    dayFirst: base?.dayFirst ?? false,
    share,
    confidence: Math.min(share, base?.confidence ?? 0.9),
    reason,
    numeric: false,
  };
  return { columns, guess };
}

function shareRead(texts: readonly string[], format: string): number {
  const reader = compileTimeFormat(format);
  return texts.filter((text) => reader.read(text, 0, text.length)).length / (texts.length || 1);
}
