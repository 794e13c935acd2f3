import type { Note } from '@millwright/kernel';
import type { Rejection, RejectionCode } from '../connectors/connector.ts';
import { Quality } from '../quality.ts';
import { fileErrors } from './errors.ts';
import type { ColumnMapping, FileMapping } from './file-mapping.ts';
import { headerNames } from './header-names.ts';
import { NumberReader } from './number-reader.ts';
import { BatchWriter, type FilePoint } from './reading-batch.ts';
import type { RecordSink } from './record-scanner.ts';
import { rowNotes } from './row-notes.ts';
import { RowTimes } from './row-times.ts';
import { parseUnit } from './units.ts';
import type { ClockHand } from './zone-clock.ts';

/** More points than any plant has: a column of values was taken for the point column. */
const MOST_POINTS = 100_000;

/** Where a row comes from, for the sentence and the kept text of a rejection. */
export interface RowPlace {
  readonly line: number;
  raw(): string;
}

export interface RowCounts {
  rows: number;
  rowsRejected: number;
  cellsRejected: number;
  /** Empty cells and cells that say "no value". */
  gaps: number;
  readings: number;
  from: number;
  to: number;
}

/** Turns the rows of a table into readings and rejections, as a mapping says. */
export class RowReader implements RecordSink {
  readonly keys: string[] = [];
  readonly points: FilePoint[] = [];
  readonly counts: RowCounts = {
    rows: 0,
    rowsRejected: 0,
    cellsRejected: 0,
    gaps: 0,
    readings: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  readonly perKey: number[] = [];
  rejections: Rejection[] = [];
  readonly batches: BatchWriter;
  readonly #mapping: FileMapping;
  readonly #fileName: string;
  readonly #times: RowTimes;
  readonly #numbers: NumberReader;
  readonly #values: readonly ColumnMapping[];
  readonly #pointColumn: number;
  readonly #unitColumn: number;
  readonly #quality: ColumnMapping | undefined;
  readonly #known: ReadonlyMap<string, FileMapping['points'][number]>;
  /** Point text to the index of its first key; it has one key per value column. */
  readonly #series = new Map<string, number>();
  readonly #units = new Map<number, string>();
  readonly #hands: ClockHand[] = [];
  #skip: number;
  #headerRows: string[][] = [];
  #width: number;
  #place: RowPlace | undefined;

  constructor(mapping: FileMapping, fileName: string, batchSize: number) {
    this.#mapping = mapping;
    this.#fileName = fileName;
    this.#times = new RowTimes(mapping.time);
    this.#numbers = new NumberReader(mapping);
    this.#values = mapping.columns.filter((column) => column.role === 'value');
    this.#pointColumn = (mapping.columns.find((column) => column.role === 'point')?.column ?? 0) - 1;
    this.#unitColumn = (mapping.columns.find((column) => column.role === 'unit')?.column ?? 0) - 1;
    this.#quality = mapping.columns.find((column) => column.role === 'quality');
    this.#known = new Map(mapping.points.map((point) => [point.key, point]));
    this.#skip = mapping.skipRows;
    this.#width = mapping.header.length || Math.max(...mapping.columns.map((column) => column.column));
    this.batches = new BatchWriter(batchSize, this.keys);
    if (mapping.headerRows === 0) this.#begin();
  }

  /** Must be called before the first row. */
  readFrom(place: RowPlace): void {
    this.#place = place;
  }

  malformed(problem: Note, raw: string): void {
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    if (this.#headerRows.length < this.#mapping.headerRows) return;
    this.counts.rows++;
    this.counts.rowsRejected++;
    const reason = rowNotes['row-left-out']({ ...this.#row(), problem });
    this.rejections.push({ code: 'malformed', reason, raw, row: this.counts.rows });
  }

  record(text: string, starts: Int32Array, ends: Int32Array, count: number): void {
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    if (this.#headerRows.length < this.#mapping.headerRows) {
      this.#header(text, starts, ends, count);
      return;
    }
    if (isBlankRow(text, starts, ends, count)) return;
    this.counts.rows++;
    if (count !== this.#width && !this.#onlyEmptyExtra(text, starts, ends, count)) {
      this.#rejectRow('malformed', rowNotes['other-width']({ count, width: this.#width }));
      return;
    }
    if (this.#mapping.layout === 'matrix') this.#matrixRow(text, starts, ends);
    else this.#plainRow(text, starts, ends);
  }

  #plainRow(text: string, starts: Int32Array, ends: Int32Array): void {
    const first = this.#pointColumn < 0 ? 0 : this.#seriesOf(text, starts, ends);
    if (first < 0 || !this.#readTime(text, starts, ends)) return;
    const time = this.#toUtc(this.#times.wall, first);
    if (Number.isNaN(time)) {
      this.#rejectSkippedHour(this.#times.text(text, starts, ends));
      return;
    }
    if (time < 0) {
      this.#rejectRow('before-1970', rowNotes['before-1970']({ time: this.#times.text(text, starts, ends) }));
      return;
    }
    const quality = this.#qualityOf(text, starts, ends);
    const values = this.#values;
    for (let index = 0; index < values.length; index++) {
      const column = values[index]!;
      const at = column.column - 1;
      const value = this.#numbers.read(text, starts[at]!, ends[at]!, column.suffix);
      if (!Number.isNaN(value)) this.#reading(first + index, time, value, quality);
      else this.#noValue(first + index, time, column, text.slice(starts[at], ends[at]));
    }
  }

  #matrixRow(text: string, starts: Int32Array, ends: Int32Array): void {
    const series = this.#pointColumn < 0 ? 0 : this.#seriesOf(text, starts, ends);
    if (series < 0 || !this.#readTime(text, starts, ends)) return;
    const day = this.#times.wall;
    const quality = this.#qualityOf(text, starts, ends);
    for (const column of this.#values) {
      const at = column.column - 1;
      const value = this.#numbers.read(text, starts[at]!, ends[at]!, column.suffix);
      if (Number.isNaN(value) && this.#numbers.status === 'missing') {
        this.counts.gaps++;
        continue;
      }
      const time = this.#toUtc(day + column.minuteOfDay! * 60_000, series);
      if (Number.isNaN(time)) {
        const { timezone } = this.#mapping.time;
        const problem = rowNotes['skipped-cell']({ time: this.#times.text(text, starts, ends), timezone });
        this.#rejectCell('malformed', series, undefined, column, problem);
      } else if (!Number.isNaN(value)) this.#reading(series, time, value, quality);
      else this.#noValue(series, time, column, text.slice(starts[at], ends[at]));
    }
  }

  #reading(key: number, time: number, value: number, quality: number): void {
    const counts = this.counts;
    counts.readings++;
    if (time < counts.from) counts.from = time;
    if (time > counts.to) counts.to = time;
    this.perKey[key]!++;
    this.batches.push(key, time, value, quality, counts.rows);
  }

  #noValue(key: number, time: number, column: ColumnMapping, cell: string): void {
    const status = this.#numbers.status;
    if (status === 'missing') {
      this.counts.gaps++;
      return;
    }
    const shown = shorten(cell);
    if (status === 'out-of-range')
      this.#rejectCell('out-of-range', key, time, column, rowNotes['beyond-range']({ cell: shown }));
    else this.#rejectCell('not-a-number', key, time, column, rowNotes['no-number']({ cell: shown }));
  }

  #readTime(text: string, starts: Int32Array, ends: Int32Array): boolean {
    if (this.#times.read(text, starts, ends)) return true;
    const shown = shorten(this.#times.text(text, starts, ends));
    const problem =
      shown.trim() === ''
        ? rowNotes['no-time']()
        : rowNotes['time-misfit']({ time: shown, format: this.#mapping.time.format });
    this.#rejectRow('malformed', problem);
    return false;
  }

  #toUtc(wall: number, series: number): number {
    return this.#times.toUtc(wall, this.#hands[series]!);
  }

  #qualityOf(text: string, starts: Int32Array, ends: Int32Array): number {
    if (this.#quality === undefined) return Quality.good;
    const at = this.#quality.column - 1;
    const name = this.#quality.qualities?.[text.slice(starts[at], ends[at]).trim()];
    return name === undefined ? Quality.uncertain : Quality[name];
  }

  /** Index of the first key of the row's point; -1 when the row was rejected. */
  #seriesOf(text: string, starts: Int32Array, ends: Int32Array): number {
    const name = text.slice(starts[this.#pointColumn], ends[this.#pointColumn]).trim();
    let first = this.#series.get(name);
    if (first === undefined) {
      if (name === '') {
        this.#rejectRow('unknown-point', rowNotes['no-point']());
        return -1;
      }
      if (this.#series.size >= MOST_POINTS) {
        const column = this.#pointColumn + 1;
        const problem = rowNotes['too-many-points']({ point: shorten(name), most: MOST_POINTS, column });
        this.#rejectRow('unknown-point', problem);
        return -1;
      }
      // A copy: a slice would keep the whole block of the file alive.
      first = this.#addSeries(Buffer.from(name).toString(), this.#cell(text, starts, ends, this.#unitColumn));
    }
    if (this.#unitColumn >= 0 && !this.#sameUnit(first, this.#cell(text, starts, ends, this.#unitColumn), name))
      return -1;
    return first;
  }

  #sameUnit(first: number, unit: string, name: string): boolean {
    const known = this.#units.get(first);
    if (known === undefined || unit === known || unit === '') return true;
    this.#rejectRow('unknown-unit', rowNotes['other-unit']({ point: shorten(name), unit, known }));
    return false;
  }

  #cell(text: string, starts: Int32Array, ends: Int32Array, column: number): string {
    return column < 0 ? '' : Buffer.from(text.slice(starts[column], ends[column]).trim()).toString();
  }

  #addSeries(name: string, unitText: string): number {
    const first = this.keys.length;
    this.#series.set(name, first);
    if (unitText !== '') this.#units.set(first, unitText);
    // A matrix has one point per row, whatever its number of columns.
    const columns = this.#mapping.layout === 'matrix' ? this.#values.slice(0, 1) : this.#values;
    for (const column of columns) {
      const key = columns.length === 1 ? name : `${name}/${keyOf(column)}`;
      const known = this.#known.get(key);
      const own = unitText === '' ? undefined : parseUnit(unitText);
      const unit = known?.unit ?? own?.ucum ?? (unitText === '' ? column.unit : undefined);
      this.#addPoint({
        key,
        name: known?.name ?? key,
        kind: known?.kind ?? column.kind ?? 'gauge',
        ...present({ unit, unitText: unitText === '' ? column.unitText : unitText }),
        ...present({
          carrier: known?.carrier ?? column.carrier,
          quantity: known?.quantity ?? own?.quantity ?? column.quantity,
        }),
      });
    }
    return first;
  }

  #addPoint(point: FilePoint): void {
    this.keys.push(point.key);
    this.perKey.push(0);
    this.points.push(point);
    this.#hands.push({ wall: Number.NaN, utc: Number.NaN });
    this.batches.announce(point);
  }

  #header(text: string, starts: Int32Array, ends: Int32Array, count: number): void {
    this.#headerRows.push(Array.from({ length: count }, (_, index) => text.slice(starts[index], ends[index])));
    if (this.#headerRows.length < this.#mapping.headerRows) return;
    const found = headerNames(this.#headerRows);
    const expected = this.#mapping.header;
    if (expected.length === 0) this.#width = found.length;
    const missing = expected.findIndex((name, index) => name !== '' && name !== found[index]);
    if (missing >= 0) {
      throw fileErrors.FILE_MAPPING_MISFIT({
        fileName: this.#fileName,
        expected: rowNotes['expected-header']({ column: missing + 1, header: expected[missing]! }),
        found:
          found[missing] === undefined
            ? rowNotes['found-columns']({ count: found.length })
            : rowNotes['found-header']({ header: found[missing] }),
      });
    }
    this.#begin();
  }

  /** Without a point column the points are known as soon as the table begins. */
  #begin(): void {
    const widest = Math.max(...this.#mapping.columns.map((column) => column.column), ...this.#mapping.time.columns);
    if (widest > this.#width) {
      const [expected, found] = [rowNotes['expected-columns']({ count: widest }), `${this.#width}`];
      throw fileErrors.FILE_MAPPING_MISFIT({ fileName: this.#fileName, expected, found });
    }
    if (this.#pointColumn >= 0) return;
    const columns = this.#mapping.layout === 'matrix' ? this.#values.slice(0, 1) : this.#values;
    for (const column of columns) {
      const { unit, unitText, carrier, quantity } = column;
      const key = keyOf(column);
      const point = { key, name: column.name ?? key, kind: column.kind ?? ('gauge' as const) };
      this.#addPoint({ ...point, ...present({ unit, unitText, carrier, quantity }) });
    }
  }

  #onlyEmptyExtra(text: string, starts: Int32Array, ends: Int32Array, count: number): boolean {
    if (count < this.#width) return false;
    for (let index = this.#width; index < count; index++)
      if (text.slice(starts[index], ends[index]).trim() !== '') return false;
    return true;
  }

  #rejectRow(code: RejectionCode, problem: Note): void {
    this.counts.rowsRejected++;
    const reason = rowNotes['row-left-out']({ ...this.#row(), problem });
    this.rejections.push({ code, reason, raw: this.#place?.raw() ?? '', row: this.counts.rows });
  }

  #rejectSkippedHour(time: string): void {
    const { timezone } = this.#mapping.time;
    this.#rejectRow('malformed', rowNotes['skipped-hour']({ time, timezone }));
  }

  #rejectCell(code: RejectionCode, key: number, time: number | undefined, column: ColumnMapping, problem: Note): void {
    this.counts.cellsRejected++;
    const title = column.header === '' ? `${column.column}` : `"${column.header}"`;
    const reason = rowNotes['cell-left-out']({ ...this.#row(), column: title, problem });
    const place = { key: this.keys[key]!, raw: this.#place?.raw() ?? '', row: this.counts.rows };
    this.rejections.push({ code, reason, ...place, ...present({ time }) });
  }

  #row(): { row: number; line: number } {
    return { row: this.counts.rows, line: this.#place?.line ?? 0 };
  }
}

/** The key of a column's point. */
export function keyOf(column: ColumnMapping): string {
  return column.key ?? (column.header === '' ? (column.name ?? `column ${column.column}`) : column.header);
}

/** Nothing but blanks in all of a row's cells. */
export function isBlankRow(text: string, starts: Int32Array, ends: Int32Array, count: number): boolean {
  for (let index = 0; index < count; index++)
    for (let at = starts[index]!; at < ends[index]!; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}

/** A cell's text short enough for a sentence. */
export function shorten(cell: string): string {
  const plain = cell.trim();
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
