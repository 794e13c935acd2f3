import { seededRandom } from '@millwright/imaging';
import type { Driver } from '../../learners/test/driver.ts';
import { type Column, takeRows } from '../../table/table.ts';
import type { TableData, TableKind, TableModel, TableTask } from '../types.ts';

export const numberColumn = (name: string, values: ArrayLike<number>): Column => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
});

/** Two numbers, one with gaps, and a category; the target follows from all of them and some noise. */
export function drawnData(task: TableTask, rows: number, classes = ['no', 'yes'], seed = 1): TableData {
  const random = seededRandom(seed);
  const [load, heat, codes] = [new Float64Array(rows), new Float64Array(rows), new Int32Array(rows)];
  const told = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    load[row] = 100 * random();
    heat[row] = random() < 0.1 ? Number.NaN : 20 + 60 * random();
    codes[row] = Math.floor(3 * random());
    told[row] =
      load[row]! / 50 +
      (heat[row]! > 60 ? 1 : 0) * (codes[row] === 2 ? 2 : 0.5) +
      (Number.isNaN(heat[row]!) ? 0.7 : 0) +
      0.2 * random();
  }
  const columns: Column[] = [
    numberColumn('load', load),
    numberColumn('heat', heat),
    { kind: 'category', name: 'grade', codes, levels: ['H', 'L', 'M'] },
  ];
  const table = { rows, columns };
  if (task === 'regression') return { task, table, target: told };
  const sorted = told.slice().sort();
  const cuts = classes.slice(1).map((_, place) => sorted[Math.floor((rows * (place + 1)) / classes.length)]!);
  const target = Int32Array.from(told, (value) => cuts.filter((cut) => value >= cut).length);
  return { task, table, target, classes };
}

export const withColumns = (data: TableData, columns: readonly Column[]): TableData => ({
  ...data,
  table: { ...data.table, columns },
});

const rows = 300;
const usual = (kind: TableKind): TableData[] => [
  ...(kind.tasks.includes('regression') ? [drawnData('regression', rows)] : []),
  ...(kind.tasks.includes('classification')
    ? [drawnData('classification', rows), drawnData('classification', rows, ['a', 'b', 'c'])]
    : []),
];

function bad(kind: TableKind): Record<string, TableData> {
  const [data] = usual(kind) as [TableData];
  const { columns } = data.table;
  const even = (value: number) => new Float64Array(rows).fill(value);
  const sparse = Float64Array.from({ length: rows }, (_, row) => (row % 100 === 7 ? row : Number.NaN));
  const infinite = Float64Array.from({ length: rows }, (_, row) => [row, Number.POSITIVE_INFINITY, -1e300][row % 3]!);
  const wrong: Record<string, TableData> = {
    'a constant column': withColumns(data, [numberColumn('even', even(5)), ...columns]),
    'only constant columns': withColumns(data, [numberColumn('even', even(5)), numberColumn('none', even(Number.NaN))]),
    'an empty column': withColumns(data, [numberColumn('none', even(Number.NaN)), ...columns]),
    'a column of which 99 % is missing': withColumns(data, [numberColumn('sparse', sparse), ...columns]),
    infinities: withColumns(data, [numberColumn('infinite', infinite), ...columns]),
    'the same column twice': withColumns(data, [...columns, { ...columns[0]!, name: 'again' }]),
    'no columns': withColumns(data, []),
    'three rows': few(data, [0, 1, 2]),
    'one row': few(data, [0]),
    'no rows': few(data, []),
  };
  if (data.task === 'regression') {
    wrong['a constant target'] = { ...data, target: even(3) };
    wrong['a target with gaps'] = { ...data, target: sparse };
    wrong['a target that is enormous'] = { ...data, target: data.target.map((value) => value * 1e200) };
  } else {
    wrong['one class'] = { ...data, target: new Int32Array(rows) };
    wrong['a class with one example'] = { ...data, target: new Int32Array(rows).fill(1, 0, 1) };
    wrong['a class without an example'] = { ...data, classes: [...data.classes, 'never'] };
  }
  return wrong;
}

function few(data: TableData, chosen: readonly number[]): TableData {
  const table = takeRows(data.table, chosen);
  return data.task === 'regression'
    ? { ...data, table, target: Float64Array.from(chosen, (row) => data.target[row]!) }
    : { ...data, table, target: Int32Array.from(chosen, (row) => data.target[row]!) };
}

export const tablesDriver: Driver<TableData, TableModel> = {
  quick: ({ name }) => ({ 'gradient-boosting': { rounds: 20 }, 'random-forest': { trees: 10 } })[name] ?? {},
  usual: (kind) => usual(kind as TableKind),
  bad: (kind) => bad(kind as TableKind),
  says: (model, data) => model.predict(data.table),
};
