import type { Note } from '@millwright/kernel';
import { columnOf, type Table } from '../../table/table.ts';
import type { ModelColumn } from '../types.ts';
import { trainingNotes } from './notes.ts';

/** Columns are taken to be in another unit when their middle lies this many widths of what was learnt outside of it. */
const farOff = 1;

/** What is unlike what was learnt in a table that is asked about: unknown levels, other ranges, nothing where there was something. */
export function scoringNotes(columns: readonly ModelColumn[], table: Table): Note[] {
  const notes: Note[] = [];
  for (const expected of columns) {
    const column = columnOf(table, expected.name);
    if (!column || table.rows === 0) continue;
    if (expected.kind === 'category') {
      if (column.kind !== 'category') continue;
      const unknown = new Set(column.levels.flatMap((level, code) => (expected.levels.includes(level) ? [] : [code])));
      const seen = new Map<number, number>();
      for (const code of column.codes) if (unknown.has(code)) seen.set(code, (seen.get(code) ?? 0) + 1);
      if (seen.size > 0)
        notes.push(
          trainingNotes['unknown-levels']({
            column: expected.name,
            rows: [...seen.values()].reduce((sum, one) => sum + one, 0),
            levels: [...seen.keys()].slice(0, 5).map((code) => column.levels[code]!),
          }),
        );
      continue;
    }
    if (column.kind !== 'number' || expected.low === expected.high) continue;
    const sorted = column.values.filter(Number.isFinite).sort();
    if (sorted.length === 0) {
      notes.push(trainingNotes['all-missing']({ column: expected.name }));
      continue;
    }
    const middle = sorted[sorted.length >> 1]!;
    const width = expected.high - expected.low;
    if (middle > expected.high + farOff * width || middle < expected.low - farOff * width)
      notes.push(
        trainingNotes['range-other']({
          ...{ column: expected.name, low: sorted[0]!, high: sorted.at(-1)! },
          ...{ learntLow: expected.low, learntHigh: expected.high },
        }),
      );
  }
  return notes;
}
