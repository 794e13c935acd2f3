import { expect, it } from 'vitest';
import type { Mapping } from './mapping.ts';
import { valueRead } from './value-read.ts';

const mapping = {
  layout: 'wide',
  columns: [
    { column: 1, header: 't', role: 'time' },
    { column: 2, header: 'a', role: 'value' },
  ],
} as unknown as Mapping;
const read = (cell: string, value?: number, column = 2) =>
  valueRead({ row: 1, cells: ['2025', cell], values: value === undefined ? {} : { a: value } }, column, mapping);

it('says what a number was read as where the file writes it otherwise', () => {
  expect(read('1.234,5', 1234.5)).toBe(1234.5);
  expect(read('12 %', 12)).toBe(12);
  expect(read('1.50', 1.5)).toBeUndefined();
});
it('marks what was not read, but no gap and no other column', () => {
  expect(read('1,5')).toBeNull();
  expect(read('')).toBeUndefined();
  expect(read('x', undefined, 1)).toBeUndefined();
});
