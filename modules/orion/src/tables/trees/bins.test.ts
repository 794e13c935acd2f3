import { expect, it } from 'vitest';
import { categoryBins, fillBins, numberBins } from './bins.ts';

const binned = (values: number[], column: Parameters<typeof fillBins>[0]): number[] => {
  const into = new Uint8Array(4 * values.length);
  fillBins(column, values, into, 2);
  return values.map((_, row) => into[4 * row + 2]!);
};

it('parts values at numbers of 32 bits that lie between them, also where none does', () => {
  const next = new Float32Array(new Int32Array([new Int32Array(Float32Array.of(1).buffer)[0]! + 1]).buffer)[0]!;
  const column = numberBins(Float32Array.of(3, 1, next, 3, -2), 255);
  expect([...column.edges]).toEqual([-0.5, 1, 2]);
  expect(binned([-2, 1, next, 3, Number.NaN, -1e9, 1e300, Number.NEGATIVE_INFINITY], column)).toEqual([
    1, 2, 3, 4, 0, 1, 0, 0,
  ]);
});

it('gives bins of about as many rows, and a bin alone to what is frequent', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? 0 : at));
  const column = numberBins(values, 16);
  expect(column.edges.length).toBeLessThanOrEqual(15);
  const counts = new Map<number, number>();
  for (const bin of binned([...values], column)) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  expect(counts.get(1)).toBe(5000);
  for (const [bin, count] of counts) if (bin > 1) expect(count).toBeLessThan(500);
});

it('gives bins to frequent levels; the rare share that of gaps', () => {
  const column = categoryBins([5, 100, 50, 2], 2, 3);
  expect(binned([0, 1, 2, 3, -1], column)).toEqual([0, 1, 2, 0, 0]);
});
