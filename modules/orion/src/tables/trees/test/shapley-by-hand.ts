import type { Table } from '../../../table/table.ts';
import { matchColumns } from '../../columns.ts';
import type { TableModel } from '../../types.ts';
import type { Trees } from '../trees.ts';

/** Shapley values of a model of trees with one output by their definition: over all sets of columns. */
export function shapleyByHand(model: TableModel, table: Table): Float64Array {
  const trees = model.state().trees as unknown as Trees;
  const values = matchColumns(model.columns, table);
  const width = model.columns.length;
  const result = new Float64Array(table.rows * width);
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  for (let row = 0; row < table.rows; row++)
    for (let column = 0; column < width; column++)
      for (let set = 0; set < 2 ** width; set++) {
        if (set & (2 ** column)) continue;
        const size = set.toString(2).replaceAll('0', '').length;
        const share = (factorial(size) * factorial(width - size - 1)) / factorial(width);
        result[row * width + column]! += share * (expected(row, set | (2 ** column)) - expected(row, set));
      }
  return result;

  /** What the trees say of a row of which only the columns in the set are known: elsewhere both ways, by their rows. */
  function expected(row: number, set: number): number {
    let sum = 0;
    for (let tree = 0; tree + 1 < trees.nodeStart.length; tree++) sum += below(tree, 0, row, set);
    return sum;
  }

  function below(tree: number, node: number, row: number, set: number): number {
    if (node < 0) return trees.value[trees.leafStart[tree]! + ~node]!;
    const place = trees.nodeStart[tree]! + node;
    const [left, right] = [trees.left[place]!, trees.right[place]!];
    const column = trees.column[place]!;
    if (set & (2 ** column)) return below(tree, goesLeft(place, values[column]![row]!) ? left : right, row, set);
    const rows = (child: number) =>
      child < 0 ? trees.leafRows[trees.leafStart[tree]! + ~child]! : trees.nodeRows[trees.nodeStart[tree]! + child]!;
    const sides = [left, right].map((child) => rows(child) * below(tree, child, row, set));
    return (sides[0]! + sides[1]!) / trees.nodeRows[place]!;
  }

  function goesLeft(place: number, value: number): boolean {
    if (Number.isNaN(value)) return trees.gapLeft[place] === 1;
    if (model.columns[trees.column[place]!]!.kind === 'category')
      return trees.sets[trees.threshold[place]!]![value] === 1;
    return value <= trees.threshold[place]!;
  }
}
