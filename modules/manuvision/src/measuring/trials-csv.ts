import { parse } from 'csv-parse/sync';
import { manuvisionMeasuringErrors } from './errors.ts';
import type { Trial } from './gauge-study.ts';

export interface FeatureTrial extends Trial {
  readonly feature: string;
}

/**
 * Measurements of a study as CSV with a head of names: part, operator, value, and feature where there are several; other
 * columns are left alone. Comma, semicolon or tab; a semicolon file may have decimal commas.
 *
 * Throws MANUVISION_STUDY_INVALID.
 */
export function parseTrials(text: string, file: string): FeatureTrial[] {
  const fault = (line: number, reason: string, cause?: unknown) =>
    manuvisionMeasuringErrors.MANUVISION_STUDY_INVALID({ file, line, reason }, cause);
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', '\t', ','].find((one) => head.includes(one)) ?? ',';
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, delimiter, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw fault((error as { lines?: number }).lines ?? 1, (error as Error).message.replace(/\.$/, ''), error);
  }
  const names = (rows[0] ?? []).map((name) => name.toLowerCase());
  const column = (name: string) => names.indexOf(name);
  for (const name of ['part', 'operator', 'value'])
    if (column(name) < 0) throw fault(1, `the column "${name}" is missing`);
  return rows.slice(1).map((row, at) => {
    const written = row[column('value')] ?? '';
    const value = Number(delimiter === ';' ? written.replace(',', '.') : written);
    if (written === '' || !Number.isFinite(value)) throw fault(at + 2, `"${written}" is no number`);
    const cell = (name: string) => row[column(name)] ?? '';
    if (cell('part') === '' || cell('operator') === '') throw fault(at + 2, 'part or operator is missing');
    return { part: cell('part'), operator: cell('operator'), feature: cell('feature') || 'value', value };
  });
}
