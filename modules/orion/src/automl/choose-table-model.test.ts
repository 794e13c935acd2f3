import { seededRandom, shuffled } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { takeRows } from '../table/table.ts';
import { drawnData, numberColumn, withColumns } from '../tables/test/tables-driver.ts';
import type { TableData } from '../tables/types.ts';
import { chooseTableModel, type TableSearch } from './choose-table-model.ts';

const choose = (data: TableData, more: Partial<TableSearch> = {}) =>
  chooseTableModel({
    ...{ data, budgetSeconds: 2, seed: 1, now: () => performance.now() },
    work: { signal: new AbortController().signal, progress: () => undefined },
    ...more,
  });

/** Rows an hour apart. */
const timed = (data: TableData): TableData => ({
  ...data,
  table: { ...data.table, time: Float64Array.from({ length: data.table.rows }, (_, row) => row * 3_600_000) },
});

describe('the choice among table models', () => {
  it('beats the yardsticks where there is something to learn, and says by how much', async () => {
    const { report, loss, folds } = await choose(drawnData('regression', 400));
    expect(loss).toBe('rmse');
    expect(folds).toBe('drawn');
    const [constant] = report.yardsticks;
    expect(constant!.kind).toBe('constant');
    expect(report.best.loss!).toBeLessThan(0.7 * constant!.loss!);
    expect(report.gain).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it('says that nothing beats the mean where there is nothing to learn', async () => {
    const random = seededRandom(5);
    const data = drawnData('regression', 200);
    const noise = withColumns(data, [numberColumn('noise', Float64Array.from({ length: 200 }, random))]);
    const { report } = await choose({
      ...noise,
      task: 'regression',
      target: Float64Array.from({ length: 200 }, random),
    });
    const [constant] = report.yardsticks;
    expect(report.best.loss!).toBeGreaterThan(0.95 * constant!.loss!);
  }, 60_000);

  it('cannot see the future: what lies after a fold changes nothing of its losses', async () => {
    const data = timed(drawnData('regression', 240));
    if (data.task !== 'regression') throw new Error('drawn otherwise');
    const only = { budgetSeconds: 0 };
    const before = await choose(data, only);
    // The last quarter is judged by the last two of four folds; the first two end before it.
    const rows = Int32Array.from({ length: 240 }, (_, row) => row);
    const late = shuffled([...rows.subarray(180)], seededRandom(9));
    const order = Int32Array.of(...rows.subarray(0, 180), ...late);
    const mixed = takeRows(data.table, order);
    const after = await choose(
      {
        ...data,
        table: { ...mixed, time: data.table.time! },
        target: data.target.map((_, row) => data.target[order[row]!]!),
      },
      only,
    );
    for (const [index, { losses }] of before.report.yardsticks.entries()) {
      expect(losses).toHaveLength(4);
      expect(after.report.yardsticks[index]!.losses.slice(0, 2)).toEqual(losses.slice(0, 2));
      expect(after.report.yardsticks[index]!.losses.slice(2)).not.toEqual(losses.slice(2));
    }
  });

  it('passes over folds before the first example of a class', async () => {
    const data = timed(drawnData('classification', 200));
    if (data.task !== 'classification') throw new Error('drawn otherwise');
    const target = data.target.map((code, row) => (row < 130 ? 0 : code));
    const { report } = await choose({ ...data, target }, { budgetSeconds: 0 });
    expect(report.best.losses.length).toBeLessThan(4);
  });

  it('says when there are too few rows', async () => {
    await expect(choose(timed(drawnData('classification', 2)))).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
  });
});
