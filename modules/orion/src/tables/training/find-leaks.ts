import type { Note } from '@millwright/kernel';
import type { Column } from '../../table/table.ts';
import type { TableData } from '../types.ts';
import type { HeldRows } from './hold-rows.ts';
import { trainingNotes } from './notes.ts';

/** Rows with a value at least, before it is said that it always comes with one class. */
const enoughRows = 20;

/** Warns of columns that alone tell the target without a mistake, or a class whenever they have some value. */
export function findLeaks(data: TableData, { learnt, held }: HeldRows, target: string): Note[] {
  const notes: Note[] = [];
  for (const column of data.table.columns) {
    const values = valuesOf(column);
    const { name } = column;
    if (isCopy(values, data, learnt, held)) notes.push(trainingNotes['leak-copy']({ column: name, target }));
    else if (data.task === 'classification') {
      const found = pureValue(values, data.target, data.classes.length);
      if (found)
        notes.push(
          trainingNotes['leak-value']({
            ...{ column: name, target, class: data.classes[found.code]!, rows: found.rows },
            value: column.kind === 'category' ? column.levels[found.value]! : String(found.value),
          }),
        );
    }
  }
  return notes;
}

const valuesOf = (column: Column): ArrayLike<number> => (column.kind === 'number' ? column.values : column.codes);

/**
 * Whether the target is a function of the column: for classes, each value or stretch between two values belongs to one; for numbers, a
 * straight line fits.
 */
function isCopy(values: ArrayLike<number>, data: TableData, learnt: Int32Array, held: Int32Array): boolean {
  if (held.length < 10) return false;
  if (data.task === 'regression') {
    const { target } = data;
    const [slope, offset] = line(values, target, learnt);
    let [left, all, mean] = [0, 0, 0];
    for (const row of held) mean += target[row]! / held.length;
    for (const row of held) {
      left += (slope * values[row]! + offset - target[row]!) ** 2;
      all += (target[row]! - mean) ** 2;
    }
    return all > 0 && left < 1e-6 * all;
  }
  // The class of the nearest value below, among those that were learnt.
  const order = learnt.filter((row) => !Number.isNaN(values[row]!)).sort((a, b) => values[a]! - values[b]! || a - b);
  if (order.length === 0) return false;
  let changes = 0;
  for (let at = 1; at < order.length; at++) if (data.target[order[at]!] !== data.target[order[at - 1]!]) changes += 1;
  if (changes > Math.max(data.classes.length * 2, 4)) return false;
  const seen = new Set<number>();
  for (const row of held) {
    const value = values[row]!;
    if (Number.isNaN(value)) return false;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[order[middle]!]! <= value) low = middle + 1;
      else high = middle;
    }
    const near = order[Math.max(low - 1, 0)]!;
    if (data.target[near] !== data.target[row]) return false;
    seen.add(data.target[row]!);
  }
  return seen.size > 1;
}

function line(values: ArrayLike<number>, target: Float64Array, rows: Int32Array): [number, number] {
  let [count, x, y] = [0, 0, 0];
  for (const row of rows) {
    if (Number.isNaN(values[row]!)) continue;
    count += 1;
    x += values[row]!;
    y += target[row]!;
  }
  [x, y] = [x / count, y / count];
  let [both, squares] = [0, 0];
  for (const row of rows) {
    if (Number.isNaN(values[row]!)) continue;
    both += (values[row]! - x) * (target[row]! - y);
    squares += (values[row]! - x) ** 2;
  }
  const slope = squares > 0 ? both / squares : 0;
  return [slope, y - slope * x];
}

/** A value of many rows that always comes with one class which has at most half of all rows; the value with most rows. */
function pureValue(
  values: ArrayLike<number>,
  target: Int32Array,
  classes: number,
): { value: number; code: number; rows: number } | undefined {
  const counts = new Map<number, Int32Array>();
  const all = new Int32Array(classes);
  for (let row = 0; row < target.length; row++) {
    all[target[row]!]!++;
    const value = values[row]!;
    if (Number.isNaN(value) || value === -1) continue;
    let own = counts.get(value);
    if (!own) {
      // A measured quantity has too many values for this.
      if (counts.size === 20) return undefined;
      own = new Int32Array(classes);
      counts.set(value, own);
    }
    own[target[row]!]!++;
  }
  let found: { value: number; code: number; rows: number } | undefined;
  for (const [value, own] of counts)
    for (let code = 0; code < classes; code++) {
      const rows = own.reduce((sum, one) => sum + one, 0);
      if (own[code] === rows && rows >= enoughRows && all[code]! <= target.length / 2 && rows > (found?.rows ?? 0))
        found = { value, code, rows };
    }
  return found;
}
