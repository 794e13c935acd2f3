import type { paths } from '../../../api/generated/schema.d.ts';
import type { Said } from '../../../app/i18n/said.ts';

type Inspect = paths['/api/cloud/imports/inspect']['post']['responses'][200]['content']['application/json'];

export type Mapping = Inspect['mapping'];
export type MappedColumn = Mapping['columns'][number];
export type Role = MappedColumn['role'];

/** One thing the server concluded from the file. */
export interface Guess {
  readonly what: string;
  readonly value: unknown;
  readonly confidence: number;
  readonly reason: string;
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
  readonly warnings: readonly string[];
  readonly preview: readonly PreviewRow[];
  readonly sampledRows: number;
  readonly sheets?: readonly string[];
  /** A mapping confirmed earlier for a file with this header. */
  readonly remembered: boolean;
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
