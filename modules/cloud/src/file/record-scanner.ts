import type { Note } from '@millwright/kernel';
import { rowNotes } from './row-notes.ts';
/** Takes the rows of a text table. Field `i` is `text.slice(starts[i], ends[i])`. */
export interface RecordSink {
  /** `raw(...)` of the scanner gives the row as it stands in the file, while this call lasts. */
  record(text: string, starts: Int32Array, ends: Int32Array, count: number): void;
  /** A line that is no row: why, and the line itself. */
  malformed(problem: Note, raw: string): void;
}

export interface ScannerOptions {
  readonly delimiter: string;
  /** Empty when quotes mean nothing. */
  readonly quote: string;
  readonly comment: string;
  /** Number of columns, when known: a quoted line break is only believed if the row then has this many. */
  readonly columns?: number;
}

/** No label is longer; a quote that stays open beyond this was never meant to open a field. */
const LONGEST_QUOTED = 64 * 1024;
export const KEPT_RAW = 4096;

const BLANK = 32;
const TAB = 9;

const outcome = { more: -1, broken: -2 } as const;

/**
 * Cuts blocks of text into rows and fields, RFC 4180 with one difference that matters for meters' files: a quote that
 * is never closed, or closed in the middle of a field, costs its own line only, and reading goes on with the next
 * line. A parser that looks for the closing quote first would swallow the rest of the file.
 */
export class RecordScanner {
  /** Lines of the file begun so far; while a record is handed out, the number of its first line. */
  line = 0;
  readonly #options: ScannerOptions;
  readonly #sink: RecordSink;
  readonly #delimiter: number;
  readonly #quote: number;
  #pending = '';
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  #count = 0;
  #block = '';
  #rawStart = 0;
  #rawEnd = 0;
  /** Set when a field held doubled quotes, so that the row's text had to be made anew. */
  #rewritten: string | undefined;
  #linesInRecord = 1;
  #problem: Note | undefined;

  constructor(options: ScannerOptions, sink: RecordSink) {
    this.#options = options;
    this.#sink = sink;
    this.#delimiter = options.delimiter.charCodeAt(0);
    this.#quote = options.quote === '' ? -1 : options.quote.charCodeAt(0);
  }

  /** The row being handed out, as it stands in the file, at most 4 KiB of it. */
  raw(): string {
    return this.#block.slice(this.#rawStart, Math.min(this.#rawEnd, this.#rawStart + KEPT_RAW));
  }

  /** Takes a block that ends with a line end; the last one of the file need not. */
  push(text: string): void {
    this.#scan(this.#pending === '' ? text : this.#pending + text, false);
  }

  /** Takes a line that could not be decoded. */
  fault(problem: Note, raw: string): void {
    this.end();
    this.line++;
    this.#sink.malformed(problem, raw.slice(0, KEPT_RAW));
  }

  /** Nothing more comes (for now): what waits for a closing quote is given up line by line. */
  end(): void {
    if (this.#pending !== '') this.#scan(this.#pending, true);
  }

  #scan(text: string, last: boolean): void {
    this.#pending = '';
    this.#block = text;
    const quote = this.#options.quote;
    let nextQuote = quote === '' ? text.length : -1;
    let nextNul = -1;
    let at = 0;
    while (at < text.length) {
      const lineFeed = text.indexOf('\n', at);
      const next = lineFeed < 0 ? text.length : lineFeed + 1;
      let end = lineFeed < 0 ? text.length : lineFeed;
      if (end > at && text.charCodeAt(end - 1) === 13) end--;
      if (nextQuote < at) {
        nextQuote = text.indexOf(quote, at);
        if (nextQuote < 0) nextQuote = text.length;
      }
      if (nextNul < at) {
        nextNul = text.indexOf('\0', at);
        if (nextNul < 0) nextNul = text.length;
      }
      this.line++;
      this.#rawStart = at;
      this.#rawEnd = end;
      if (this.#options.comment !== '' && text.startsWith(this.#options.comment, at)) {
        at = next;
      } else if (nextNul < end) {
        this.#sink.malformed(rowNotes['nul-bytes'](), this.raw());
        at = next;
      } else if (nextQuote >= end) {
        if (this.#delimiter === BLANK) this.#blanks(text, at, end);
        else this.#plain(text, at, end);
        this.#sink.record(text, this.#starts, this.#ends, this.#count);
        at = next;
      } else {
        const after = this.#quoted(text, at, last);
        if (after === outcome.more) {
          this.#pending = text.slice(at);
          this.line--;
          return;
        }
        if (after === outcome.broken) {
          this.#sink.malformed(this.#problem!, this.raw());
          at = next;
        } else {
          this.#sink.record(this.#rewritten ?? text, this.#starts, this.#ends, this.#count);
          this.line += this.#linesInRecord - 1;
          at = after;
        }
      }
    }
  }

  #plain(text: string, start: number, end: number): void {
    const delimiter = this.#delimiter;
    let starts = this.#starts;
    let ends = this.#ends;
    let count = 0;
    let from = start;
    for (let at = start; at < end; at++) {
      if (text.charCodeAt(at) !== delimiter) continue;
      if (count + 1 >= starts.length) {
        this.#grow();
        starts = this.#starts;
        ends = this.#ends;
      }
      starts[count] = from;
      ends[count++] = at;
      from = at + 1;
    }
    starts[count] = from;
    ends[count] = end;
    this.#count = count + 1;
  }

  /** Columns divided by any number of blanks and tabs. */
  #blanks(text: string, start: number, end: number): void {
    this.#count = 0;
    let at = start;
    for (;;) {
      while (at < end && isBlank(text.charCodeAt(at))) at++;
      if (at >= end) break;
      const from = at;
      while (at < end && !isBlank(text.charCodeAt(at))) at++;
      this.#field(from, at);
    }
    // A blank line has one empty cell, whatever divides the columns.
    if (this.#count === 0) this.#field(start, start);
  }

  /** Reads a row with quotes; gives the place after it, or says that it is broken or that more text is needed. */
  #quoted(text: string, start: number, last: boolean): number {
    this.#count = 0;
    this.#rewritten = undefined;
    this.#linesInRecord = 1;
    let doubled = false;
    let at = start;
    for (;;) {
      let from = at;
      while (text.charCodeAt(from) === 32) from++;
      if (text.charCodeAt(from) === this.#quote) {
        let close = from + 1;
        for (;;) {
          close = text.indexOf(this.#options.quote, close);
          const reach = close < 0 ? text.length : close;
          if (reach - from > LONGEST_QUOTED || (close < 0 && last)) return this.#broken(rowNotes['open-quote']());
          if (close < 0) return outcome.more;
          if (text.charCodeAt(close + 1) !== this.#quote) break;
          doubled = true;
          close += 2;
        }
        this.#field(from + 1, close);
        at = close + 1;
        while (text.charCodeAt(at) === 32) at++;
      } else {
        while (at < text.length) {
          const char = text.charCodeAt(at);
          if (char === this.#delimiter || char === 10) break;
          at++;
        }
        this.#field(
          from,
          at > from && text.charCodeAt(at - 1) === 13 && (at === text.length || text.charCodeAt(at) === 10)
            ? at - 1
            : at,
        );
      }
      if (text.charCodeAt(at) === this.#delimiter) {
        at++;
        continue;
      }
      if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at++;
      if (at >= text.length || text.charCodeAt(at) === 10) break;
      return this.#broken(rowNotes['text-after-quote']());
    }
    const after = Math.min(at + 1, text.length);
    return this.#believed(text, start, at)
      ? this.#done(text, start, at, after, doubled)
      : this.#broken(rowNotes['open-quote']());
  }

  /** A row over several lines must have the table's number of columns. */
  #believed(text: string, start: number, end: number): boolean {
    const first = text.indexOf('\n', start);
    if (first < 0 || first >= end) return true;
    for (let at = first; at >= 0 && at < end; at = text.indexOf('\n', at + 1)) this.#linesInRecord++;
    return this.#options.columns === undefined || this.#count === this.#options.columns;
  }

  #done(text: string, start: number, end: number, after: number, doubled: boolean): number {
    this.#rawStart = start;
    this.#rawEnd = end;
    if (doubled) this.#undouble(text);
    return after;
  }

  #undouble(text: string): void {
    const quote = this.#options.quote;
    let row = '';
    for (let index = 0; index < this.#count; index++) {
      const field = text.slice(this.#starts[index], this.#ends[index]).replaceAll(quote + quote, quote);
      this.#starts[index] = row.length;
      row += field;
      this.#ends[index] = row.length;
    }
    this.#rewritten = row;
  }

  #field(start: number, end: number): void {
    if (this.#count >= this.#starts.length) this.#grow();
    this.#starts[this.#count] = start;
    this.#ends[this.#count++] = end;
  }

  #broken(problem: Note): number {
    this.#problem = problem;
    return outcome.broken;
  }

  #grow(): void {
    const starts = new Int32Array(this.#starts.length * 2);
    const ends = new Int32Array(this.#ends.length * 2);
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#starts = starts;
    this.#ends = ends;
  }
}

function isBlank(char: number): boolean {
  return char === BLANK || char === TAB;
}
