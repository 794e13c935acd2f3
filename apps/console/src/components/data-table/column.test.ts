import { describe, expect, it } from 'vitest';
import { type Column, compareCells, searchRows } from './column.ts';

interface Row {
  readonly name: string;
  readonly count: number;
}
const columns: Column<Row>[] = [
  { key: 'name', title: 'Name', value: (row) => row.name },
  { key: 'count', title: 'Count', value: (row) => row.count, searched: false },
];
const rows = [
  { name: 'Furnace 1', count: 12 },
  { name: 'Pump station', count: 7 },
];

describe('searchRows', () => {
  it('finds rows that hold every word, in any case and order', () =>
    expect(searchRows(rows, columns, 'STATION pu')).toEqual([rows[1]]));
  it('does not look into columns that are not searched', () => expect(searchRows(rows, columns, '12')).toEqual([]));
  it('leaves the list alone without words', () => expect(searchRows(rows, columns, '  ')).toBe(rows));
});

describe('compareCells', () => {
  it('sorts numbers by size and numbered names by their number', () => {
    expect([12, 7].sort(compareCells)).toEqual([7, 12]);
    expect(['Line 10', 'Line 9'].sort(compareCells)).toEqual(['Line 9', 'Line 10']);
  });
  it('puts what is missing last', () => expect([null, 3].sort(compareCells)).toEqual([3, null]));
});
