import { seededRandom } from '@millwright/imaging';
import type { Column } from '@millwright/orion';

/**
 * Rows whose class follows from some of the columns, bent and together, and from chance. Every column that counts does so alone too:
 * where two count only together, greedy trees find them by chance, and so do the figures.
 */
export interface DrawnRows {
  readonly columns: readonly Column[];
  readonly target: Int32Array;
}

/** So many rows of so many columns of numbers, from the seed alone. */
export function drawRows(rows: number, width: number, seed: number): DrawnRows {
  const random = seededRandom(seed);
  const values = Array.from({ length: width }, () => new Float64Array(rows));
  const target = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      // The sum of three even numbers, near enough to a bell; every fifth column has few distinct values.
      const bell = 2 * (random() + random() + random() - 1.5);
      values[column]![row] = Math.fround(column % 5 === 4 ? Math.round(2 * bell) : bell);
    }
    const of = (column: number) => values[column % width]![row]!;
    const odds =
      of(0) * (0.5 + of(1)) +
      Math.sin(2 * of(2)) +
      (of(3) > 0.5 ? 1 : 0) * of(4) +
      0.5 * of(5) ** 2 -
      Math.abs(of(6) - of(7)) +
      0.3 * of(8) +
      0.3 * of(9) * (1 + of(10)) +
      0.2 * of(11);
    target[row] = random() < 1 / (1 + Math.exp(-1.5 * odds)) ? 1 : 0;
  }
  return {
    columns: values.map((own, column) => ({ kind: 'number', name: `column ${column + 1}`, values: own })),
    target,
  };
}
