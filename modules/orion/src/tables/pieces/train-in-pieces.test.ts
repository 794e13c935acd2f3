import { expect, it } from 'vitest';
import { saveState } from '../../learners/state.ts';
import { readTable } from '../../table/read-table.ts';
import { openTableModel } from '../model-file/open-table-model.ts';
import { takeData } from '../take-data.ts';
import { drawnData } from '../test/tables-driver.ts';
import { holdRows } from '../training/hold-rows.ts';
import { tableData } from '../training/table-data.ts';
import { boostingKind } from '../trees/boosting-kind.ts';
import { trainInPieces } from './train-in-pieces.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };

/** As a file: row numbers, load, heat with gaps, grade, a name, and the class, which is missing in every hundredth row. */
function text(rows: number): Buffer {
  const data = drawnData('classification', rows);
  const [load, heat, grade] = data.table.columns as unknown as [
    { values: Float64Array },
    { values: Float64Array },
    { codes: Int32Array; levels: string[] },
  ];
  const lines = ['number,load,heat,grade,name,told'];
  for (let row = 0; row < rows; row++)
    lines.push(
      [
        ...[row, load.values[row], Number.isNaN(heat.values[row]!) ? '' : heat.values[row]],
        ...[grade.levels[grade.codes[row]!], `part ${row}`, row % 100 === 3 ? '' : ['no', 'yes'][data.target[row]!]],
      ].join(','),
    );
  return Buffer.from(lines.join('\n'));
}

it('learns from a file in several pieces what it learns from the same rows at once', async () => {
  const input = text(40_000);
  const asked = { target: 'told', task: 'classification', leaveOut: [] } as const;
  const settings = { rounds: 5, leaves: 8 };
  const source = { input, timeColumn: null, signal: work.signal };
  const { file, card } = await trainInPieces({ source, asked, settings, seed: 3 }, work);
  const { data } = tableData(await readTable(input, { timeColumn: null }), asked);
  const { held, learnt } = holdRows(data, 3);
  const { model } = await openTableModel(file);
  expect([card.rows, card.heldOut.rows]).toEqual([data.table.rows, Math.ceil(held.length / 2)]);
  expect(card.columns.map(({ name }) => name)).toEqual(['load', 'heat', 'grade']);
  expect(card.heldOut.figures.rocAuc).toBeGreaterThan(0.9);
  expect(card.parity.changedDecisions).toBe(0);
  expect(card.notes.map(({ code }) => code.split('.')[1])).toEqual([
    ...['target-missing', 'column-counts-rows', 'column-names-rows', 'in-pieces'],
  ]);
  const atOnce = await boostingKind.fit(takeData(data, learnt), settings, 3, work);
  const [own, other] = [model.predict(data.table), atOnce.predict(data.table)];
  // The bins are of all rows here, and of the learnt ones there; nothing else differs.
  let apart = 0;
  for (let at = 0; at < own.length; at++) apart += Math.abs(own[at]! - other[at]!) / own.length;
  expect(apart).toBeLessThan(0.01);
  const again = await trainInPieces({ source, asked, settings, seed: 3 }, { ...work, threads: 1 });
  expect(Buffer.compare(saveState((await openTableModel(again.file)).model.state()), saveState(model.state()))).toBe(0);
}, 30_000);

it('says what is wrong with a file before it learns', async () => {
  const source = (lines: string) => ({ input: Buffer.from(lines), timeColumn: null, signal: work.signal });
  const train = (lines: string, target: string, task: 'regression' | 'classification') =>
    trainInPieces({ source: source(lines), asked: { target, task, leaveOut: [] }, settings: {}, seed: 1 }, work);
  await expect(train('a,b\n1,2\n', 'c', 'regression')).rejects.toMatchObject({ code: 'ORION_COLUMN_UNKNOWN' });
  await expect(train('a,b\n1,x\n2,y\n', 'b', 'regression')).rejects.toMatchObject({ code: 'ORION_COLUMN_NOT_NUMERIC' });
  await expect(train('a,b\n1,x\n2,y\n', 'b', 'classification')).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
});
