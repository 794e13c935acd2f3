import type { paths } from '../../../api/generated/schema.d.ts';
import type { Said } from '../../../app/i18n/said.ts';

type InspectRoute = paths['/api/cloud/imports/inspect']['post'];
type Inspect = InspectRoute['responses'][200]['content']['application/json'];
/** Answers on which all other guesses rest. */
export type Chosen = NonNullable<InspectRoute['requestBody']['content']['application/json']['chosen']>;

export type Mapping = Inspect['mapping'];
export type MappedColumn = Mapping['columns'][number];
export type Role = MappedColumn['role'];

/** One thing the server concluded from the file. */
export interface Guess {
  readonly what: string;
  readonly value: unknown;
  readonly confidence: number;
  readonly reason: string;
  readonly note: Said;
}

export interface PreviewRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly time?: string;
  readonly values?: Readonly<Record<string, number>>;
  readonly rejected?: string;
  readonly note?: Said | null;
}

export interface Inspection {
  readonly fileName: string;
  readonly mapping: Mapping;
  readonly guesses: readonly Guess[];
  readonly warnings: readonly Said[];
  readonly preview: readonly PreviewRow[];
  readonly sampledRows: number;
  readonly sheets?: readonly string[];
  readonly signature: string;
  /** The earlier file whose corrections are offered. */
  readonly remembered: { readonly fileName: string; readonly at: string; readonly by: string } | null;
}

export const roles: readonly Role[] = ['time', 'value', 'point', 'unit', 'quality', 'ignore'];

/** Below this a person should look; the server says the same. */
export const doubtful = 0.6;

/** Changes one column; a column made the time is also read as the time, and the other way round. */
export function withColumn(mapping: Mapping, column: number, change: Partial<MappedColumn>): Mapping {
  const columns = mapping.columns.map((each) => (each.column === column ? { ...each, ...change } : each));
  if (change.role === undefined) return { ...mapping, columns };
  const times = columns.filter(({ role }) => role === 'time').map((each) => each.column);
  return { ...mapping, columns, time: { ...mapping.time, columns: times.length > 0 ? times : mapping.time.columns } };
}

/** What stands in the way of importing, as keys of texts. */
export function problemsOf(mapping: Mapping): string[] {
  const has = (role: Role) => mapping.columns.some((column) => column.role === role);
  const problems: string[] = [];
  if (!has('time')) problems.push('noTime');
  if (!has('value')) problems.push('noValue');
  if (mapping.layout === 'long' && !has('point')) problems.push('noPoint');
  if (mapping.decimal === mapping.thousands) problems.push('sameSign');
  return problems;
}

const choices = ['encoding', 'delimiter', 'quote', 'decimal', 'thousands', 'skipRows', 'headerRows'] as const;

/** What a change answers that the file must be looked at again for; undefined when it only says more of the columns. */
export function needsAnotherLook(before: Mapping, after: Mapping): Chosen | undefined {
  const chosen: Record<string, unknown> = {};
  for (const key of choices) if (before[key] !== after[key]) chosen[key] = after[key];
  const columns = after.time.columns;
  if (columns.join() !== before.time.columns.join()) chosen.timeColumns = columns;
  return Object.keys(chosen).length > 0 ? (chosen as Chosen) : undefined;
}

const keptOfColumns = ['role', 'key', 'name', 'unit', 'kind', 'carrier', 'quantity'] as const;
const keptOfTime = ['timezone', 'stamp', 'intervalSeconds', 'midnightBelongsToPreviousDay', 'order'] as const;

/** New guesses with what a person had corrected of the old ones; columns are the same when their header is. */
export function withEdits(anew: Mapping, guessed: Mapping, corrected: Mapping): Mapping {
  const find = (mapping: Mapping, header: string) => mapping.columns.find((column) => column.header === header);
  const columns = anew.columns.map((column) => {
    const [old, now] = [find(guessed, column.header), find(corrected, column.header)];
    const isTime = column.role === 'time' || now?.role === 'time';
    if (!old || !now || isTime) return column;
    return { ...column, ...changed(keptOfColumns, old, now) };
  });
  return { ...anew, columns, time: { ...anew.time, ...changed(keptOfTime, guessed.time, corrected.time) } };
}

function changed<T extends object>(keys: readonly (keyof T)[], before: T, after: T): Partial<T> {
  const kept = keys.filter((key) => before[key] !== after[key]);
  return Object.fromEntries(kept.map((key) => [key, after[key]])) as Partial<T>;
}
