import { z } from 'zod';

/** What rows of class scores still need, and where the class for "nothing" is. */
export const scoreOptions = {
  activation: z.enum(['none', 'sigmoid', 'softmax']).describe('What the scores still need.'),
  background: z.enum(['none', 'first', 'last']).describe('Where in each row the class for "nothing" stands.'),
};

interface RowOptions {
  readonly activation: 'none' | 'sigmoid' | 'softmax';
  readonly background: 'none' | 'first' | 'last';
}

/** Length of a row of scores for so many classes. */
export const rowLength = (classes: number, { background }: RowOptions): number =>
  classes + (background === 'none' ? 0 : 1);

/** The best class asked for in a row, without the one for "nothing". */
export function bestOfRow(
  row: Float32Array,
  { activation, background }: RowOptions,
  wanted: (index: number) => boolean,
): { readonly index: number; readonly score: number } | undefined {
  const first = background === 'first' ? 1 : 0;
  const end = background === 'last' ? row.length - 1 : row.length;
  let [place, value] = [-1, Number.NEGATIVE_INFINITY];
  for (let own = first; own < end; own += 1)
    if (row[own]! > value && wanted(own - first)) [place, value] = [own, row[own]!];
  if (place < 0) return undefined;
  return { index: place - first, score: scoreOf(row, value, activation) };
}

function scoreOf(row: Float32Array, value: number, activation: RowOptions['activation']): number {
  if (activation === 'none') return value;
  if (activation === 'sigmoid') return 1 / (1 + Math.exp(-value));
  const largest = row.reduce((a, b) => Math.max(a, b));
  const sum = row.reduce((total, each) => total + Math.exp(each - largest), 0);
  return Math.exp(value - largest) / sum;
}
