import { createHash } from 'node:crypto';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { fileErrors } from './errors.ts';

/**
 * How a table is read: the answer to every question that a file leaves open. `inspectFile` guesses one, a person may
 * correct it, it is remembered under `mappingSignature(header)`, and `cloud import --map FILE` takes it as JSON.
 * Columns are counted from 1, as a person does.
 */
const kindSchema = z.enum(['gauge', 'delta', 'counter']);
const qualitySchema = z.enum(['good', 'uncertain', 'bad', 'substituted']);

const pointFields = {
  /** What the point is called inside this source; the header text, or the point column's text. */
  name: z.string().optional(),
  /** UCUM code; absent when the unit is not known. */
  unit: z.string().optional(),
  /** The unit as the file writes it. */
  unitText: z.string().optional(),
  kind: kindSchema.optional(),
  carrier: z.string().optional(),
  quantity: z.string().optional(),
  confidence: z.number().min(0).max(1).optional(),
  /** Why it is taken so, as the guess says it or a person wrote it. */
  reason: z.union([z.string(), noteSchema]).optional(),
};

export const columnMappingSchema = z.object({
  column: z.int().min(1),
  /** As in the file; how the column is shown to a person. */
  header: z.string().default(''),
  role: z.enum(['time', 'value', 'point', 'unit', 'quality', 'ignore']),
  /** The point's key; the header when absent. */
  key: z.string().optional(),
  ...pointFields,
  /** Text that follows every number of the column and is dropped, such as `%` or `kWh`. */
  suffix: z.string().optional(),
  /** For the layout `matrix`: the minute of the day that this column stands for, 1440 for 24:00. */
  minuteOfDay: z.number().min(0).max(1440).optional(),
  /** For role `quality`: what each text means; a text not listed is `uncertain`. */
  qualities: z.record(z.string(), qualitySchema).optional(),
});

export const timeMappingSchema = z.object({
  /** Columns (from 1) whose texts are joined by one blank before `format` is applied. */
  columns: z.array(z.int().min(1)).min(1),
  /** Tokens as described in README.md, or `unix-s`, `unix-ms`, `excel`. */
  format: z.string().min(1),
  /** IANA name or fixed offset; used where the text carries no offset of its own. */
  timezone: z.string().min(1).default('UTC'),
  /** Shown to a person; `format` decides. */
  dayFirst: z.boolean().default(false),
  stamp: z.enum(['start', 'end']).default('start'),
  /** Most frequent distance of two readings of one point; absent when there is none. */
  intervalSeconds: z.number().positive().optional(),
  /** A row at 00:00 belongs to the end of the day it names, not to its beginning. */
  midnightBelongsToPreviousDay: z.boolean().default(false),
  /** Order of the rows; decides which pass of the repeated hour in autumn comes first. */
  order: z.enum(['ascending', 'descending']).default('ascending'),
});

export const fileMappingSchema = z.object({
  version: z.literal(1).default(1),
  format: z.enum(['csv', 'xlsx']).default('csv'),
  sheet: z.string().optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252']).default('utf-8'),
  lineEnd: z.enum(['lf', 'cr']).default('lf'),
  /** A blank stands for any number of blanks and tabs, also before the first and after the last column. */
  delimiter: z.enum([',', ';', '\t', '|', ' ']).default(','),
  quote: z.enum(['"', "'", '']).default('"'),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum(['', ',', '.', ' ', "'"]).default(''),
  /** Lines that begin with this text are skipped. */
  comment: z.string().max(3).default(''),
  /** Lines before the header: title, serial number, and so on. */
  skipRows: z.int().min(0).default(0),
  headerRows: z.int().min(0).max(4).default(1),
  /** The names of all columns; empty when the file has no header. Checked against the file when it is read. */
  header: z.array(z.string()).default([]),
  layout: z.enum(['wide', 'long', 'matrix']).default('wide'),
  /** Texts that mean "no value", besides the usual ones (NA, NaN, null, --, #N/A, ...). */
  missing: z.array(z.string()).default([]),
  time: timeMappingSchema,
  columns: z.array(columnMappingSchema).min(1),
  /** For the layouts with a point column: what is known of the points seen so far. Others take the value column's. */
  points: z.array(z.object({ key: z.string(), ...pointFields })).default([]),
});

export type FileMapping = z.infer<typeof fileMappingSchema>;
export type ColumnMapping = z.infer<typeof columnMappingSchema>;
export type TimeMapping = z.infer<typeof timeMappingSchema>;
export type PointMapping = FileMapping['points'][number];

/** Reads a mapping that came from outside; FILE_MAPPING_INVALID lists everything that is wrong with it. */
export function parseFileMapping(input: unknown): FileMapping {
  const parsed = fileMappingSchema.safeParse(input);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'mapping'}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw fileErrors.FILE_MAPPING_INVALID({ problems });
  return parsed.data;
}

function contradictions(mapping: FileMapping): string[] {
  const problems: string[] = [];
  const roles = mapping.columns.map((column) => column.role);
  if (mapping.decimal === mapping.thousands) problems.push('decimal and thousands are the same sign');
  if (!roles.includes('value')) problems.push('columns: none has the role value');
  if (mapping.layout === 'long' && !roles.includes('point'))
    problems.push('columns: the layout long needs a column with the role point');
  for (const role of ['point', 'unit', 'quality'] as const)
    if (roles.filter((other) => other === role).length > 1)
      problems.push(`columns: more than one has the role ${role}`);
  if (mapping.layout === 'matrix') {
    const untimed = mapping.columns.filter((column) => column.role === 'value' && column.minuteOfDay === undefined);
    for (const column of untimed) problems.push(`columns: value column ${column.column} has no minuteOfDay`);
  }
  const seen = new Set<number>();
  for (const { column } of mapping.columns) {
    if (seen.has(column)) problems.push(`columns: column ${column} is listed twice`);
    seen.add(column);
  }
  return problems;
}

/** Under which name the mapping of a table is remembered: tables with the same column names are read the same way. */
export function mappingSignature(header: readonly string[]): string {
  const normal = header.map((name) => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase());
  return createHash('sha256').update(JSON.stringify(normal)).digest('hex').slice(0, 32);
}
