import { writeFile } from 'node:fs/promises';
import type { Note } from '@millwright/kernel';
import { orionErrors } from '../errors.ts';
import type { Work } from '../learners/learner.ts';
import { learnerKind } from '../learners/registry.ts';
import { quantileSorted } from '../numerics/quantile.ts';
import { type ReadTable, readTable } from '../table/read-table.ts';
import { type AlarmEvent, alarmEvents } from './alarm-events.ts';
import { isLearnable } from './conditioned.ts';
import { heldOutRunning } from './held-out.ts';
import { detectNotes } from './notes.ts';
import { type KeptPromise, keepPromise, parsePromise } from './promise/promise.ts';
import { stuckSensors } from './stuck.ts';
import { type DetectorKind, rowsOf, type SensorData, scoreRows } from './types.ts';

export interface DetectRequest {
  readonly file: { readonly path: string; readonly name: string };
  /** Rows at the beginning that are normal running; what is usual of the method when absent. */
  readonly train?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly time?: string | undefined;
  readonly timezone: string;
  readonly promise?: string | undefined;
  readonly online: boolean;
  readonly method: string;
  readonly settings?: unknown;
  readonly seed: number;
}

export interface Alarm {
  /** ISO 8601, or the number of the row in a file without times. */
  readonly from: string | number;
  readonly to: string | number;
  readonly peak: number;
  readonly blame: readonly { readonly column: string; readonly share: number }[];
}

export interface DetectSummary {
  readonly method: string;
  readonly columns: readonly string[];
  /** Rows that were learnt from; alarms come after them. */
  readonly train: number;
  /** One a row of the file, in its order; at or above the threshold is an anomaly. */
  readonly scores: readonly number[];
  readonly threshold: number;
  readonly alarms: readonly Alarm[];
  readonly promise: KeptPromise | null;
  readonly notes: readonly Note[];
}

/** Rows learnt from where nothing is said: this share of them. */
const usualTrain = 0.4;
/** Alarms with less than so many usual steps between them are one. */
const mergeSteps = 10;
/** Sensors that an alarm names, those with the largest share. */
const mostBlamed = 5;

/**
 * Scores every row of a table and tells its alarms: one column on-line, several as sensors of one thing. Rows are taken in the order of the
 * file, as a server would get them.
 */
export async function detectTable(
  request: DetectRequest,
  work: Work,
): Promise<{ readonly summary: DetectSummary; readonly data: SensorData }> {
  const table = await readTable(request.file.path, {
    fileName: request.file.name,
    timezone: request.timezone,
    signal: work.signal,
    ...(request.time === undefined ? {} : { timeColumn: request.time }),
  });
  const notes: Note[] = [];
  const data = sensorsOf(table, request, notes);
  const method = request.method === 'auto' ? (data.names.length === 1 ? 'surprise' : 'mewma') : request.method;
  const kind = await learnerKind('anomalies', method);
  if (request.online && data.names.length > 1)
    throw orionErrors.ORION_OPTION_INVALID({
      ...{
        option: '--online',
        value: `given for ${data.names.length} columns`,
        wanted: 'for one: name it with --columns',
      },
    });
  const promise = request.promise === undefined ? undefined : parsePromise(request.promise);
  if (request.promise !== undefined && !promise)
    throw orionErrors.ORION_OPTION_INVALID({
      ...{ option: '--promise', value: request.promise, wanted: 'a number of alarms and a period, such as 1/week' },
    });
  const train = trainRows(request, kind, data.rows, promise !== undefined);
  const normal = rowsOf(data, 0, train);
  const mergeMs = mergeSteps * usualStep(data.time);
  let kept: KeptPromise | null = null;
  if (promise && table.time) {
    kept = keepPromise(await heldOutRunning(kind, request.settings, normal, request.seed, mergeMs, work), promise);
    if (kept.how === 'tail') notes.push(detectNotes['promise-tail']());
    if (kept.moreWeeks > 0)
      notes.push(detectNotes['promise-wide']({ weeks: round(kept.weeks, 3), more: round(kept.moreWeeks, 3) }));
  } else notes.push(detectNotes['usual-threshold']());
  const learnt = kind.single ? rowsOf(data, 0, 0) : normal;
  const detector = await kind.fit(learnt, request.settings ?? {}, request.seed, work);
  if (!kind.single) stillNote(normal, notes);
  work.signal.throwIfAborted();
  const { scores, blame } = scoreRows(detector.start(), data);
  for (let row = 0; row < scores.length; row++) scores[row] = round(scores[row]!, 9);
  const threshold = kept ? kept.threshold : (kind.usualThreshold ?? 1);
  const release = kept ? kept.release : threshold * 0.9;
  const width = data.names.length;
  const events = alarmEvents(
    { threshold, release, mergeMs },
    data.time.subarray(train),
    scores.subarray(train),
    blame.subarray(train * width),
  );
  stuckNotes(data, kind.single ? Math.floor(data.rows * usualTrain) : train, table.time !== undefined, notes);
  const summary: DetectSummary = {
    ...{ method, columns: data.names, train, scores: Array.from(scores), threshold, promise: kept, notes },
    alarms: events.map((event) => alarmOf(event, data.names, table.time !== undefined)),
  };
  return { summary, data };
}

/** A row for each row of the file: its time, its score, and whether it is an anomaly. */
export async function writeScores(path: string, { summary, data }: Awaited<ReturnType<typeof detectTable>>) {
  const timed = !summary.notes.some(({ code }) => code === 'detect.no-times');
  const lines = [timed ? 'time,score,anomaly' : 'row,score,anomaly'];
  for (const [row, score] of summary.scores.entries())
    lines.push(
      `${timed ? new Date(data.time[row]!).toISOString() : row + 1},${score},${score >= summary.threshold ? 1 : 0}`,
    );
  await writeFile(path, `${lines.join('\n')}\n`);
}

function sensorsOf(table: ReadTable, { columns, ignore = [] }: DetectRequest, notes: Note[]): SensorData {
  const known = table.columns.map(({ name }) => name);
  for (const column of [...(columns ?? []), ...ignore])
    if (!known.includes(column))
      throw orionErrors.ORION_COLUMN_UNKNOWN({
        fileName: table.fileName,
        column,
        known: [...table.timeColumns, ...known],
      });
  const chosen = table.columns.filter(
    ({ name }) => (columns ? columns.includes(name) : true) && !ignore.includes(name),
  );
  const texts = chosen.flatMap((column) => (column.kind === 'category' ? [column] : []));
  const [text] = texts;
  if (columns && text) throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: text.name, example: text.levels[0] ?? '' });
  if (text) notes.push(detectNotes['not-numbers']({ columns: texts.map(({ name }) => name).join(', ') }));
  const numbers = chosen.flatMap((column) => (column.kind === 'number' ? [column] : []));
  if (numbers.length === 0 || table.rows === 0)
    throw orionErrors.ORION_DATA_UNFIT({ learner: 'detect', reason: 'it has no column with numbers' });
  const width = numbers.length;
  const values = new Float64Array(table.rows * width);
  for (const [sensor, column] of numbers.entries()) {
    let missing = 0;
    for (let row = 0; row < table.rows; row++) {
      values[row * width + sensor] = column.values[row]!;
      if (Number.isNaN(column.values[row]!)) missing++;
    }
    if (missing > table.rows / 2)
      notes.push(detectNotes['mostly-missing']({ column: column.name, share: { share: missing / table.rows } }));
  }
  if (table.leftOut.count > 0) notes.push(detectNotes['rows-left-out']({ count: table.leftOut.count }));
  if (!table.time) notes.push(detectNotes['no-times']());
  else clockNotes(table.time, notes);
  return {
    names: numbers.map(({ name }) => name),
    rows: table.rows,
    values,
    time: table.time ?? Float64Array.from({ length: table.rows }, (_, row) => row * 1000),
  };
}

function stillNote(normal: SensorData, notes: Note[]): void {
  const still = normal.names.filter((_, sensor) => !isLearnable(normal, sensor));
  if (still.length > 0) notes.push(detectNotes['sensors-still']({ columns: still.join(', ') }));
}

function clockNotes(time: Float64Array, notes: Note[]): void {
  let [back, twice] = [0, 0];
  for (let row = 1; row < time.length; row++) {
    if (time[row]! < time[row - 1]!) back++;
    if (time[row]! === time[row - 1]!) twice++;
  }
  if (back > 0) notes.push(detectNotes['clock-back']({ count: back }));
  if (twice > 0) notes.push(detectNotes['times-twice']({ count: twice }));
}

function trainRows({ train }: DetectRequest, kind: DetectorKind, rows: number, promised: boolean): number {
  if (train !== undefined && train >= rows)
    throw orionErrors.ORION_OPTION_INVALID({
      ...{ option: '--train', value: String(train), wanted: `less than the ${rows} rows of the file` },
    });
  if (train !== undefined) return train;
  return kind.single && !promised ? 0 : Math.floor(rows * usualTrain);
}

/** Median step of time, in milliseconds. */
function usualStep(time: Float64Array): number {
  const steps = new Float64Array(Math.max(time.length - 1, 0));
  for (let row = 1; row < time.length; row++) steps[row - 1] = Math.max(0, time[row]! - time[row - 1]!);
  return quantileSorted(steps.sort(), 0.5) || 0;
}

function stuckNotes(data: SensorData, train: number, timed: boolean, notes: Note[]): void {
  for (const { sensor, from, to } of stuckSensors(data, train)) {
    const facts = { column: data.names[sensor]!, rows: to - from + 1 };
    const time = new Date(data.time[from]!).toISOString();
    notes.push(
      timed
        ? detectNotes.stuck({ ...facts, from: { time, zone: 'UTC' } })
        : detectNotes['stuck-row']({ ...facts, row: from + 1 }),
    );
  }
}

function alarmOf(event: AlarmEvent, names: readonly string[], timed: boolean): Alarm {
  const moment = (time: number) => (timed ? new Date(time).toISOString() : time / 1000 + 1);
  const shares = names.map((column, sensor) => ({ column, share: round(event.blame[sensor]!, 4) }));
  return {
    ...{ from: moment(event.from), to: moment(event.to), peak: event.peak },
    blame: shares
      .filter(({ share }) => share > 0)
      .sort((one, other) => other.share - one.share)
      .slice(0, mostBlamed),
  };
}

const round = (value: number, digits: number): number => Number(value.toPrecision(digits));
