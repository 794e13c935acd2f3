import type { Note } from '@millwright/kernel';
import type { Reading, Rejection } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { connectorErrors } from '../errors.ts';
import { parseNumber } from '../parse-number.ts';
import { parseQuality } from '../parse-quality.ts';
import { parseTime } from '../parse-time.ts';
import { rawValue } from '../raw-payload.ts';
import { maxReadingsPerPost, type RestPushBody } from './rest-push-body.ts';

export interface PostedOptions {
  /** IANA zone of times without an offset; UTC when left out. */
  readonly timeZone?: string;
  /** Key of the point with this id, undefined when the source has none such; left out, `point` is not accepted. */
  readonly keyOfPoint?: (id: string) => string | undefined;
}

export interface PostedReadings {
  readonly readings: Reading[];
  readonly rejections: Rejection[];
}

/** Readings and rejections of a JSON body; rows count from 1. Throws CONNECTOR_PAYLOAD_MALFORMED when columns differ in length. */
export function readPosted(body: RestPushBody, options: PostedOptions = {}): PostedReadings {
  return readRows('readings' in body ? body.readings : rowsOfColumns(body.columns), options);
}

/** The same for NDJSON, one reading a line; empty lines are passed over. Throws CONNECTOR_PAYLOAD_MALFORMED when there are too many. */
export function readPostedLines(text: string, options: PostedOptions = {}): PostedReadings {
  const lines = text.split(/\r?\n/);
  if (lines.length > maxReadingsPerPost + 1)
    throw connectorErrors.CONNECTOR_PAYLOAD_MALFORMED({
      what: 'body',
      reason: connectorNotes['post-lines']({ most: maxReadingsPerPost }),
    });
  const result: PostedReadings = { readings: [], rejections: [] };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch (error) {
      const reason = connectorNotes['post-line-not-json']({ line: index + 1, reason: (error as Error).message });
      result.rejections.push({ code: 'malformed', reason, row: index + 1, raw: line.slice(0, 4096) });
      continue;
    }
    readRow(row, index + 1, options, result);
  }
  return result;
}

function readRows(rows: readonly unknown[], options: PostedOptions): PostedReadings {
  const result: PostedReadings = { readings: [], rejections: [] };
  for (const [index, row] of rows.entries()) readRow(row, index + 1, options, result);
  return result;
}

function rowsOfColumns(columns: Extract<RestPushBody, { columns: unknown }>['columns']): unknown[] {
  const { time } = columns;
  for (const [name, column] of Object.entries(columns))
    if (Array.isArray(column) && column.length !== time.length)
      throw connectorErrors.CONNECTOR_PAYLOAD_MALFORMED({
        what: 'body',
        reason: connectorNotes['post-columns']({ column: name, count: column.length, times: time.length }),
      });
  const at = (column: string | readonly unknown[] | undefined, row: number) =>
    typeof column === 'string' ? column : column?.[row];
  return time.map((moment, row) => ({
    key: at(columns.key, row),
    point: at(columns.point, row),
    time: moment,
    value: columns.value[row],
    quality: columns.quality?.[row],
  }));
}

function readRow(row: unknown, number: number, options: PostedOptions, result: PostedReadings): void {
  const reject = (code: Rejection['code'], problem: Note, more: { key?: string; time?: number } = {}) => {
    const reason = connectorNotes['post-row']({ row: number, problem });
    result.rejections.push({ code, reason, row: number, raw: rawValue(row), ...more });
  };
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    reject('malformed', connectorNotes['post-no-object']());
    return;
  }
  const { key: given, point, time: moment, value: amount, quality } = row as Record<string, unknown>;
  const key = typeof given === 'string' && given !== '' ? given : keyOf(point, options);
  if (key === undefined) {
    if (point === undefined) reject('malformed', connectorNotes['post-no-key']());
    else reject('unknown-point', connectorNotes['post-no-point']({ point: JSON.stringify(point) }));
    return;
  }
  const time = parseTime(moment, 'auto', options.timeZone ?? 'UTC');
  if (time === undefined) {
    reject('malformed', connectorNotes['post-no-time']({ time: JSON.stringify(moment) ?? 'undefined' }), { key });
    return;
  }
  const value = parseNumber(amount);
  if (Number.isNaN(value)) {
    reject('not-a-number', connectorNotes['post-no-number']({ value: JSON.stringify(amount) ?? 'undefined' }), {
      key,
      time,
    });
    return;
  }
  result.readings.push({ key, time, value, quality: parseQuality(quality) });
}

function keyOf(point: unknown, options: PostedOptions): string | undefined {
  return typeof point === 'string' ? options.keyOfPoint?.(point) : undefined;
}
