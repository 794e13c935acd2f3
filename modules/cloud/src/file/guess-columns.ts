import type { Note } from '@millwright/kernel';
import { describeColumn } from './describe-column.ts';
import type { ColumnMapping, FileMapping, PointMapping } from './file-mapping.ts';
import { type Guess, mostFrequent, percent } from './guess.ts';
import { guessKind } from './guess-kind.ts';
import { guessNotes } from './guess-notes.ts';
import type { TableFrame } from './guess-table.ts';
import { guessTimeFormat } from './guess-time-format.ts';
import { isMissingText, NumberReader } from './number-reader.ts';
import { parseUnit, splitHeader } from './units.ts';

const DAY = 86_400_000;
const MOST_LISTED_POINTS = 2000;

export interface ColumnSample {
  /** From 1. */
  readonly column: number;
  readonly header: string;
  /** From the units row. */
  readonly unitText?: string;
  readonly cells: readonly string[];
  /** NaN where the cell holds no number. */
  readonly numbers: readonly number[];
  readonly filled: number;
  /** Share of the filled cells that are numbers. */
  readonly numeric: number;
  readonly distinct: number;
  /** The numbers name something (a meter, a customer) and count nothing. */
  readonly identifier: boolean;
  readonly suffix?: string;
}

/** Reads every column of the sample as numbers. */
export function sampleColumns(frame: TableFrame, format: Pick<FileMapping, 'decimal' | 'thousands'>): ColumnSample[] {
  const reader = new NumberReader(format);
  return Array.from({ length: frame.width }, (_, index) => {
    const cells = frame.body.map((row) => row[index]!);
    const suffix = commonSuffix(cells);
    const numbers = cells.map((cell) => reader.read(cell, 0, cell.length, suffix));
    const filled = cells.filter((cell) => !isMissingText(cell));
    const numeric = numbers.filter((value) => !Number.isNaN(value)).length / (filled.length || 1);
    const unit = frame.units?.[index];
    return {
      column: index + 1,
      header: frame.header[index] ?? '',
      ...(unit === undefined || unit === '' ? {} : { unitText: unit }),
      cells,
      numbers,
      filled: filled.length,
      numeric,
      distinct: new Set(filled).size,
      identifier: identifierWords.test((frame.header[index] ?? '').trim()) || leadingZeros(filled),
      ...(suffix === undefined ? {} : { suffix }),
    };
  });
}

const identifierWords = /(?:[号號]|编码|編碼|代码|代碼|[\s_.-]id|^id|ID|number|nummer|\bno\.?|\bcode)$/;

function leadingZeros(filled: readonly string[]): boolean {
  return filled.length > 0 && filled.every((cell) => /^\d+$/.test(cell)) && filled.some((cell) => /^0\d/.test(cell));
}

/** Text that follows the number in nearly every cell: `12.5 kWh`, `80 %`. */
function commonSuffix(cells: readonly string[]): string | undefined {
  const filled = cells.filter((cell) => !isMissingText(cell));
  const suffixes = filled.map(
    (cell) => /^[+-]?\d[\d.,' \u00a0]*?\s*(%|[^\d\s.,'+-][^\d]{0,11}\d?)$/.exec(cell)?.[1] ?? '',
  );
  const best = mostFrequent(suffixes);
  if (best === undefined || best.value === '' || best.share < 0.8) return undefined;
  return best.value === '%' || parseUnit(best.value) !== undefined ? best.value : undefined;
}

const pointWords =
  /^(?:tag|tag.?(?:name|id)|point|point.?(?:name|id)|meter|meter.?(?:name|id|no|number)|sensor|sensor.?(?:name|id)|variable|metric|signal|channel|device|device.?(?:name|id)|series|parameter|measurement|location|register|zähler|zählernummer|zählpunkt|messstelle|messpunkt|kennung|kanal|测点|測點|测点名称|点名|点号|点位|表号|表計|表计|表计编号|电表|电表编号|设备|设备名称|设备编号|仪表|仪表名称|名称|名稱|指标|参数|变量)$/i;
const unitWords = /^(?:unit|units|uom|einheit|单位|單位|计量单位)$/i;
const qualityWords = /quality|^qual|status|valid|flag|güte|qualität|质量|品質|状态|狀態|有效/i;
const indexWords = /^(?:#|no\.?|nr\.?|index|idx|row|id|unnamed.*|序号|序號|编号|lfd.*)$/i;
const calendarWords = /hour|stunde|minute|second|\bday|week|month|year|tag|woche|monat|jahr|nsm|时|日|周|月|年|分|秒/i;

const qualityTexts: readonly (readonly ['good' | 'uncertain' | 'bad' | 'substituted', RegExp])[] = [
  ['good', /^(?:good|ok|valid|normal|true|measured|actual|a|g|v|w|正常|有效|好|gut|gültig|wahr|gemessen)$/i],
  [
    'substituted',
    /^(?:substituted|estimated|estimate|est|e|s|interpolated|manual|估算|估计|补录|人工|ersatzwert|geschätzt)$/i,
  ],
  ['uncertain', /^(?:uncertain|suspect|questionable|u|可疑|unsicher|fraglich)$/i],
  ['bad', /^(?:bad|invalid|error|fault|false|b|i|f|offline|异常|異常|故障|无效|坏|schlecht|ungültig|gestört|fehler)$/i],
];

/** Which columns make a series of its own: the point, the unit and the quality. */
export interface SideColumns {
  readonly point?: { readonly sample: ColumnSample; readonly confidence: number; readonly reason: Note };
  readonly unit?: ColumnSample;
  readonly quality?: {
    readonly sample: ColumnSample;
    readonly qualities: Record<string, 'good' | 'uncertain' | 'bad' | 'substituted'>;
  };
}

export function findSideColumns(
  samples: readonly ColumnSample[],
  times: readonly string[],
  forMatrix = false,
): SideColumns {
  const point = findPoint(samples, times, forMatrix);
  const others = samples.filter((sample) => sample !== point?.sample);
  const unit = others.find(
    (sample) =>
      sample.filled > 0 && sample.numeric < 0.5 && (unitWords.test(sample.header.trim()) || onlyUnits(sample)),
  );
  const quality = others
    .filter(
      (sample) => sample !== unit && qualityWords.test(sample.header) && sample.distinct <= 12 && sample.filled > 0,
    )
    .flatMap((sample) => {
      const qualities = qualityTable(sample);
      return qualities === undefined ? [] : [{ sample, qualities }];
    })[0];
  const paired = point !== undefined && unit !== undefined;
  return {
    ...(point === undefined ? {} : { point }),
    ...(paired ? { unit } : {}),
    ...(quality === undefined ? {} : { quality }),
  };
}

/** One letter alone may be anything. */
function onlyUnits({ cells }: ColumnSample): boolean {
  return cells.every((cell) => cell === '' || parseUnit(cell) !== undefined) && cells.some((cell) => cell.length > 1);
}

function qualityTable(sample: ColumnSample): SideColumnsQuality | undefined {
  const texts = [...new Set(sample.cells.filter((cell) => cell !== ''))];
  const table: SideColumnsQuality = {};
  if (sample.numeric === 1) {
    // 192 is "good" in OPC; small numbers of other codings mean different things to everyone.
    if (!texts.includes('192')) return undefined;
    for (const text of new Set([...texts, '0', '64', '192'])) {
      const code = Number(text) & 0xc0;
      table[text] = code === 0xc0 ? 'good' : code === 0x40 ? 'uncertain' : 'bad';
    }
    return table;
  }
  for (const text of texts) {
    const known = qualityTexts.find(([, pattern]) => pattern.test(text))?.[0];
    if (known === undefined) return undefined;
    table[text] = known;
  }
  for (const text of ['good', 'uncertain', 'bad', 'substituted'] as const) table[text] ??= text;
  return table;
}
type SideColumnsQuality = Record<string, 'good' | 'uncertain' | 'bad' | 'substituted'>;

/** A text column under which the times repeat no more, or one that is called a point. */
function findPoint(
  samples: readonly ColumnSample[],
  times: readonly string[],
  forMatrix: boolean,
): SideColumns['point'] {
  const rows = times.length;
  const repeated = 1 - new Set(times).size / (rows || 1);
  const candidates = samples
    .filter((sample) => sample.filled >= rows * 0.8 && !countsRows(sample) && !unitWords.test(sample.header.trim()))
    .map((sample) => {
      const pairs = new Set(times.map((time, row) => `${time}\u0000${sample.cells[row]}`)).size;
      return {
        sample,
        left: 1 - pairs / (rows || 1),
        named: sample.identifier || pointWords.test(sample.header.trim()),
      };
    })
    .filter(({ sample, named }) => named || sample.numeric < 0.3);
  candidates.sort((a, b) => Number(b.named) - Number(a.named) || a.left - b.left);
  const best = candidates.find(
    ({ named, left, sample }) => repeated >= 0.3 && left < repeated / 2 && (named || sample.distinct <= rows / 2),
  );
  if (best !== undefined) {
    const { distinct, header } = best.sample;
    const reason = guessNotes['point-repeats']({ count: distinct, header });
    return { sample: best.sample, confidence: best.named ? 0.95 : 0.8, reason };
  }
  const named = candidates.find(
    ({ named, sample }) => named && (forMatrix || sample.distinct <= Math.max(1, rows / 2)),
  );
  if (named === undefined) return undefined;
  return { sample: named.sample, confidence: 0.75, reason: guessNotes['point-named']({ header: named.sample.header }) };
}

export interface ColumnsInput {
  readonly samples: readonly ColumnSample[];
  readonly timeColumns: readonly number[];
  readonly walls: readonly number[];
  readonly side: SideColumns;
  /** For a matrix: minute of the day of each of its columns, by column from 1. */
  readonly minutes?: ReadonlyMap<number, number>;
}

/** The role of every column, and what is known of the points. */
export function mapColumns(input: ColumnsInput): {
  columns: ColumnMapping[];
  points: PointMapping[];
  guesses: Guess[];
} {
  const columns = input.samples.map((sample) => mapColumn(sample, input));
  const layout = input.minutes !== undefined ? 'matrix' : input.side.point !== undefined ? 'long' : 'wide';
  const values = columns.filter((column) => column.role === 'value');
  const points = input.side.point === undefined ? [] : describePoints(input, values);
  const names = values.length;
  const reasons = {
    matrix: () => [0.95, guessNotes.matrix({ columns: input.minutes!.size })],
    long: () => [input.side.point!.confidence, guessNotes.long({ why: input.side.point!.reason })],
    wide: () => [0.9, guessNotes.wide({ columns: names })],
  } as const satisfies Record<string, () => readonly [number, Note]>;
  const [confidence, reason] = reasons[layout]();
  return { columns, points, guesses: [{ what: 'layout', value: layout, confidence, reason }] };
}

function mapColumn(sample: ColumnSample, input: ColumnsInput): ColumnMapping {
  const { column, header } = sample;
  const as = (role: ColumnMapping['role'], confidence: number, reason: Note, more: Partial<ColumnMapping> = {}) => ({
    column,
    header,
    role,
    ...more,
    confidence,
    reason,
  });
  const { side, minutes } = input;
  if (input.timeColumns.includes(column)) return as('time', 0.95, guessNotes['holds-time']());
  if (sample === side.point?.sample) return as('point', side.point.confidence, side.point.reason);
  if (sample === side.unit) return as('unit', 0.9, guessNotes['holds-unit']());
  if (sample === side.quality?.sample) {
    const reason = guessNotes['holds-quality']({ texts: Object.keys(side.quality.qualities).slice(0, 4) });
    return as('quality', 0.8, reason, { qualities: side.quality.qualities });
  }
  if (minutes !== undefined) {
    const minuteOfDay = minutes.get(column);
    if (minuteOfDay === undefined) return as('ignore', 0.7, guessNotes['no-part-of-matrix']());
    return as('value', 0.95, guessNotes['time-of-day'](), { minuteOfDay, ...matrixKind(input) });
  }
  const ignored = whyIgnored(sample, input.walls);
  if (ignored !== undefined) return as('ignore', ignored[0], ignored[1]);
  return valueColumn(sample, input);
}

/** In a matrix all columns are one point, so one guess over all of them holds for each. */
function matrixKind({ samples, minutes, side }: ColumnsInput): Partial<ColumnMapping> {
  const row = samples.filter((sample) => minutes!.has(sample.column));
  const title = side.point === undefined ? '' : side.point.sample.header;
  const unitText = side.unit?.cells.find((cell) => cell !== '');
  const described = describeColumn(title, unitText);
  const values = row.map((sample) => sample.numbers[0]!).filter((value) => !Number.isNaN(value));
  const kind = guessKind(values, described.quantity, title);
  return {
    key: 'value',
    kind: kind.kind,
    ...(described.unit === undefined ? {} : { unit: described.unit }),
    ...(described.quantity === undefined ? {} : { quantity: described.quantity }),
    ...(described.carrier === undefined ? {} : { carrier: described.carrier }),
  };
}

function countsRows({ numbers }: ColumnSample): boolean {
  return numbers.length > 2 && numbers.every((value, row) => value === numbers[0]! + row);
}

function whyIgnored(sample: ColumnSample, walls: readonly number[]): readonly [number, Note] | undefined {
  if (sample.filled === 0)
    return sample.header === '' || /^column \d+$/.test(sample.header)
      ? [0.9, guessNotes['empty-nameless']()]
      : undefined;
  if (sample.numeric < 0.6) {
    const format = guessTimeFormat(sample.cells);
    if (format !== undefined && !format.numeric && format.share > 0.9)
      return [0.9, guessNotes['other-time']({ format: format.format })];
    const shown = [...new Set(sample.cells.filter((cell) => cell !== ''))].slice(0, 3);
    return [0.9, guessNotes['holds-text']({ texts: sample.distinct > 3 ? [...shown, '…'] : shown })];
  }
  const counting = countsRows(sample);
  const nameless = sample.column === 1 && (sample.header === '' || sample.header === 'column 1');
  if (counting && (nameless || indexWords.test(sample.header.trim()))) return [0.9, guessNotes['counts-rows']()];
  if (sample.identifier) return [0.8, guessNotes.identifier()];
  const calendar = repeatsTime(sample, walls);
  return calendar === undefined
    ? undefined
    : [0.9, guessNotes['repeats-time']({ part: { term: `calendar.${calendar}` } })];
}

const calendarParts: readonly (readonly [string, (date: Date, wall: number) => number])[] = [
  ['the-seconds-since-midnight', (_, wall) => (((wall % DAY) + DAY) % DAY) / 1000],
  ['the-minutes-since-midnight', (_, wall) => (((wall % DAY) + DAY) % DAY) / 60_000],
  ['the-hour', (date) => date.getUTCHours()],
  ['the-minute', (date) => date.getUTCMinutes()],
  ['the-day-of-the-month', (date) => date.getUTCDate()],
  ['the-month', (date) => date.getUTCMonth() + 1],
  ['the-year', (date) => date.getUTCFullYear()],
  ['the-day-of-the-week', (date) => date.getUTCDay()],
  ['the-day-of-the-week', (date) => date.getUTCDay() || 7],
  ['the-day-of-the-week', (date) => (date.getUTCDay() + 6) % 7],
  ['the-seconds-since-1970', (_, wall) => wall / 1000],
];

/** Seconds since midnight and the like tell nothing that the time does not. */
function repeatsTime(sample: ColumnSample, walls: readonly number[]): string | undefined {
  if (sample.numbers.length < 12 || !(sample.distinct > 5 || calendarWords.test(sample.header))) return undefined;
  const rows = walls
    .map((wall, row) => ({ wall, value: sample.numbers[row]! }))
    .filter(({ wall, value }) => !Number.isNaN(wall) && !Number.isNaN(value));
  if (rows.length < 12 || sample.distinct < 2) return undefined;
  return calendarParts.find(([, part]) => rows.every(({ wall, value }) => part(new Date(wall), wall) === value))?.[0];
}

function valueColumn(sample: ColumnSample, { side, walls }: ColumnsInput): ColumnMapping {
  const { column, header, suffix } = sample;
  // A header that stands twice was given a number, which is no part of what it says.
  const [, number = ''] = /( \(\d+\))$/.exec(header) ?? [];
  const described = describeColumn(header.slice(0, header.length - number.length), sample.unitText ?? suffix);
  const firstPoint = side.point?.sample.cells[0];
  const rows = walls
    .map((_, row) => row)
    .filter((row) => firstPoint === undefined || side.point!.sample.cells[row] === firstPoint);
  const values = rows.map((row) => sample.numbers[row]!).filter((value) => !Number.isNaN(value));
  const kind = guessKind(values, described.quantity, header);
  const share =
    sample.filled === 0
      ? guessNotes['empty-in-sample']()
      : guessNotes['share-of-numbers']({ share: percent(sample.numeric) });
  const unit = described.unit ?? powerFactorUnit(described.quantity, values);
  const { unitText, carrier, quantity } = described;
  return {
    column,
    header,
    role: 'value',
    name: described.name === '' ? header || `column ${column}` : described.name + number,
    ...(unit === undefined ? {} : { unit }),
    ...(unitText === undefined ? {} : { unitText }),
    kind: kind.kind,
    ...(carrier === undefined ? {} : { carrier }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(suffix === undefined ? {} : { suffix }),
    confidence: sample.filled === 0 ? 0.4 : Math.min(sample.numeric, kind.confidence),
    reason: guessNotes.all({ reasons: [share, ...described.reasons, kind.reason] }),
  };
}

/** A power factor is a share; the size of the values tells whether in hundredths. */
function powerFactorUnit(quantity: string | undefined, values: readonly number[]): string | undefined {
  if (quantity !== 'power-factor' || values.length === 0) return undefined;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest <= 1.0001 ? '1' : largest <= 100 ? '%' : undefined;
}

function describePoints({ side, samples, minutes }: ColumnsInput, values: readonly ColumnMapping[]): PointMapping[] {
  const rowsOf = new Map<string, number[]>();
  for (const [row, cell] of side.point!.sample.cells.entries()) {
    const rows = rowsOf.get(cell) ?? [];
    rows.push(row);
    if (cell !== '') rowsOf.set(cell, rows);
  }
  const points: PointMapping[] = [];
  const columns = minutes === undefined ? values : values.slice(0, 1);
  for (const [name, rows] of rowsOf) {
    if (points.length >= MOST_LISTED_POINTS) break;
    for (const column of columns) {
      const numbers =
        minutes === undefined
          ? rows.map((row) => samples[column.column - 1]!.numbers[row]!)
          : rows.flatMap((row) => values.map((value) => samples[value.column - 1]!.numbers[row]!));
      const unitText = side.unit?.cells[rows[0]!];
      points.push(
        describePoint(
          name,
          columns.length === 1 ? name : `${name}/${column.key ?? column.header}`,
          column,
          unitText,
          numbers,
        ),
      );
    }
  }
  return points;
}

function describePoint(
  point: string,
  key: string,
  column: ColumnMapping,
  unitText: string | undefined,
  numbers: readonly number[],
): PointMapping {
  const own = splitHeader(point);
  const title = column.minuteOfDay === undefined ? splitHeader(column.header).name : '';
  const written = (unitText === '' ? undefined : unitText) ?? own.unitText ?? column.unitText;
  const described = describeColumn(`${own.name} ${title}`.trim(), written);
  const values = numbers.filter((value) => !Number.isNaN(value));
  const kind = guessKind(values, described.quantity, `${point} ${title}`);
  const { unit, carrier, quantity, reasons } = described;
  return {
    key,
    name: key,
    ...(unit === undefined ? {} : { unit }),
    ...(written === undefined ? {} : { unitText: written }),
    kind: kind.kind,
    ...(carrier === undefined ? {} : { carrier }),
    ...(quantity === undefined ? {} : { quantity }),
    confidence: kind.confidence,
    reason: guessNotes.all({ reasons: [...reasons, kind.reason] }),
  };
}
