import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, Tensor } from '@millwright/inference';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods, verbs } from '../cli.ts';
import type { TableCard } from '../tables/model-file/table-card.ts';
import { drawnData } from '../tables/test/tables-driver.ts';
import type { ClassificationData, TableData } from '../tables/types.ts';

const asCsv = (data: TableData, change: (name: string, value: number) => number = (_, value) => value): string => {
  const { columns, rows } = data.table;
  const lines = [['number', ...columns.map(({ name }) => name), 'told', 'day'].join(',')];
  for (let row = 0; row < rows; row++) {
    const cells = columns.map((column) => {
      if (column.kind === 'category') return column.levels[column.codes[row]!]!;
      const value = column.values[row]!;
      return Number.isNaN(value) ? '' : String(change(column.name, value));
    });
    const told = data.task === 'classification' ? data.classes[data.target[row]!]! : data.target[row]!;
    const day = new Date(Date.UTC(2024, 0, 1) + row * 3_600_000).toISOString().slice(0, 16);
    lines.push([row + 1, ...cells, told, day].join(','));
  }
  return `${lines.join('\n')}\n`;
};

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-train-'));
  await Promise.all([
    writeFile(file('classes.csv'), asCsv(drawnData('classification', 600))),
    writeFile(file('three.csv'), asCsv(drawnData('classification', 600, ['a', 'b', 'c']))),
    writeFile(file('numbers.csv'), asCsv(drawnData('regression', 600))),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const train = (from: string, task: string, options: Record<string, string | boolean> = {}) =>
  runVerb(host, verbs, 'train', [file(from)], {
    ...{ target: 'told', task, out: file(`${from}.onnx`), 'leave-out': 'day' },
    ...(options.method ? {} : { method: 'gradient-boosting', settings: '{"rounds":15}' }),
    ...options,
  });
const predict = (model: string, table: string, options: Record<string, string | boolean> = {}) =>
  runVerb(host, verbs, 'predict', [file(model), file(table)], { out: file('told.csv'), ...options });
const cardOf = async (from: string): Promise<TableCard> =>
  JSON.parse(await readFile(file(`${from}.card.json`), 'utf8'));
const verify = (path: string) =>
  verifyEvidenceFile(path, {
    methodOf: async (id) => fileMethods.find((method) => method.id === id),
    signal: new AbortController().signal,
  });

describe('orion train and predict', () => {
  it('measures on held-out rows beside yardsticks, writes a file that ONNX Runtime reads alike, and proves it', async () => {
    expect(await train('classes.csv', 'classification')).toMatch(/logistic +accuracy.*\n(.*\n)*decision +/);
    const card = await cardOf('classes.csv');
    const { figures, yardsticks, rows, by } = card.heldOut;
    expect([rows, by, yardsticks.map(({ method }) => method)]).toEqual([120, 'draw', ['constant', 'logistic']]);
    expect(figures.prAuc).toBeGreaterThan(yardsticks[1]!.figures.prAuc!);
    expect(card.parity).toMatchObject({ rows: 600, changedDecisions: 0 });
    // What counts the rows is not learnt from.
    expect(card.columns.map(({ name }) => name)).toEqual(['load', 'heat', 'grade']);
    expect(card.notes.map(({ code }) => code)).toContain('orion-training.column-counts-rows');
    expect(await predict('classes.csv.onnx', 'classes.csv', { explain: true })).toMatch(/share +(load|heat|grade) /);
    const [header, first] = (await readFile(file('told.csv'), 'utf8')).split('\n').map((line) => line.split(','));
    expect(header!.slice(0, 5)).toEqual(['row', 'told', 'probability of no', 'probability of yes', 'base']);
    const { columns } = drawnData('classification', 600).table;
    const features = Float32Array.from(columns, (column) =>
      column.kind === 'number' ? column.values[0]! : column.codes[0]!,
    );
    const { session } = await openSession(await readFile(file('classes.csv.onnx')), { model: 'the test’s' });
    const { probabilities, decision } = await session.run({ features: new Tensor('float32', features, [1, 3]) });
    await session.release();
    expect(probabilities!.data[1]).toBeCloseTo(Number(first![3]), 5);
    expect(card.classes[Number(decision!.data[0])]).toBe(first![1]);
    for (const evidence of ['classes.csv.evidence.json', 'told.evidence.json'])
      expect(await verify(file(evidence))).toMatchObject({ status: 'proved' });
  }, 30_000);

  it('exports every kind, of numbers and of classes, with the same decisions', async () => {
    for (const [from, task, method] of [
      ['numbers.csv', 'regression', 'ridge'],
      ['numbers.csv', 'regression', 'random-forest'],
      ['numbers.csv', 'regression', 'constant'],
      ['numbers.csv', 'regression', 'gradient-boosting'],
      ['three.csv', 'classification', 'logistic'],
      ['three.csv', 'classification', 'random-forest'],
      ['three.csv', 'classification', 'gradient-boosting'],
      ['classes.csv', 'classification', 'logistic'],
      ['classes.csv', 'classification', 'random-forest'],
    ] as const) {
      const settings =
        method === 'gradient-boosting' ? '{"rounds":10}' : method === 'random-forest' ? '{"trees":10}' : '{}';
      await train(from, task, { method, settings });
      const { parity } = await cardOf(from);
      expect(parity.changedDecisions, `${method} of ${from}`).toBe(0);
      expect(parity.maxDifference, `${method} of ${from}`).toBeLessThan(1e-5);
    }
  }, 30_000);

  it('looks for method and settings under a budget, shows what it tried, and proves what came of it', async () => {
    const answer = await train('numbers.csv', 'regression', {
      method: 'auto',
      budget: '2s',
      time: 'day',
      'leave-out': '',
    });
    expect(answer).toMatch(/chosen +of \d+ trials.*losing -?\d/);
    const evidence = JSON.parse(await readFile(file('numbers.csv.evidence.json'), 'utf8'));
    const { report, folds } = evidence.parameters.chosen;
    expect(folds).toBe('in the order of time');
    expect(evidence.parameters).toMatchObject({ method: report.best.kind, settings: report.best.settings });
    expect(report.yardsticks.map(({ kind }: { kind: string }) => kind)).toEqual(['constant', 'ridge']);
    expect((await readFile(file('numbers.csv.search.html'), 'utf8')).match(/<svg/g)).toHaveLength(2);
    expect(await verify(file('numbers.csv.evidence.json'))).toMatchObject({ status: 'proved' });
    await expect(train('numbers.csv', 'regression', { method: 'auto', settings: '{}' })).rejects.toMatchObject({
      code: 'ORION_OPTION_INVALID',
    });
    await expect(train('numbers.csv', 'regression', { method: 'auto', budget: 'soon' })).rejects.toMatchObject({
      code: 'ORION_OPTION_INVALID',
    });
  }, 30_000);

  it('reads a file in pieces, and measures the very model', async () => {
    await train('numbers.csv', 'regression', { 'in-pieces': true, time: 'day' });
    const { heldOut, notes } = await cardOf('numbers.csv');
    expect(heldOut).toMatchObject({ rows: 120, by: 'time', yardsticks: [{ method: 'constant' }] });
    expect(heldOut.figures.r2).toBeGreaterThan(0.7);
    expect(notes.map(({ code }) => code)).toContain('orion-training.in-pieces');
    expect(await verify(file('numbers.csv.evidence.json'))).toMatchObject({ status: 'proved' });
    await expect(train('numbers.csv', 'regression', { 'in-pieces': true, method: 'ridge' })).rejects.toMatchObject({
      code: 'ORION_OPTION_INVALID',
    });
  }, 30_000);

  it('holds out the last rows where there is a time', async () => {
    await train('numbers.csv', 'regression', { time: 'day', 'leave-out': '' });
    const { heldOut, time, columns } = await cardOf('numbers.csv');
    expect(heldOut).toMatchObject({ rows: 120, by: 'time' });
    expect(time).toEqual({ column: 'day', from: '2024-01-01T00:00:00.000Z', to: '2024-01-25T23:00:00.000Z' });
    expect(columns.map(({ name }) => name)).not.toContain('day');
    expect(heldOut.figures.cvRmse).toBeLessThan(heldOut.yardsticks[1]!.figures.cvRmse!);
  }, 30_000);

  it('warns of parts of the answer, of classes with one example, and of rows without a target', async () => {
    const data = drawnData('classification', 300) as ClassificationData;
    const lines = asCsv(data).trim().split('\n');
    const told = (row: number) => data.classes[data.target[row]!]!;
    const flag = (row: number) => (told(row) === 'yes' && row % 3 === 0 ? 'on' : 'off');
    const text = lines.map((line, at) => {
      if (at === 0) return `${line},copy,flag`;
      const own = at === 5 ? line.replace(/,(yes|no),/, ',maybe,') : at === 6 ? line.replace(/,(yes|no),/, ',,') : line;
      return `${own},${told(at - 1) === 'yes' ? 1 : 0},${flag(at - 1)}`;
    });
    await writeFile(file('leak.csv'), text.join('\n'));
    await train('leak.csv', 'classification');
    const said = (await cardOf('leak.csv')).notes.map(({ text: words }) => words);
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Whenever flag is on \(\d+ rows\), told is yes/),
        'The class maybe has 1 rows, too few to learn it or to measure how well it is told.',
        '1 rows have no value of told and are left out.',
      ]),
    );
    await writeFile(
      file('copy.csv'),
      asCsv(data)
        .split('\n')
        .map((line, at) => (line ? `${line},${at === 0 ? 'copy' : told(at - 1) === 'yes' ? 7 : 3}` : line))
        .join('\n'),
    );
    await train('copy.csv', 'classification');
    expect((await cardOf('copy.csv')).notes.map(({ text: words }) => words)).toContainEqual(
      expect.stringMatching(/^copy alone tells told without a mistake/),
    );
  }, 30_000);

  it('says what changed between training and scoring: a name, a unit, a level', async () => {
    await train('numbers.csv', 'regression');
    const data = drawnData('regression', 60);
    await writeFile(file('renamed.csv'), asCsv(data).replace('heat', 'Heat'));
    await expect(predict('numbers.csv.onnx', 'renamed.csv')).rejects.toMatchObject({
      code: 'ORION_COLUMNS_DIFFER',
      message: expect.stringContaining('not there: heat.'),
    });
    await writeFile(
      file('unit.csv'),
      asCsv(data, (name, value) => (name === 'load' ? value * 1000 : value)).replaceAll(',H,', ',X,'),
    );
    const said = await predict('numbers.csv.onnx', 'unit.csv');
    expect(said).toMatch(/load runs from .*is it in another unit\?/);
    expect(said).toMatch(/grade has levels that were not learnt, in \d+ rows: X/);
    expect(await predict('numbers.csv.onnx', 'numbers.csv')).not.toContain('note');
    await expect(predict('numbers.csv', 'numbers.csv')).rejects.toMatchObject({ code: 'ORION_STATE_UNREADABLE' });
  }, 30_000);

  it('says what cannot be learnt', async () => {
    await expect(train('numbers.csv', 'regression', { target: 'tolt' })).rejects.toMatchObject({
      code: 'ORION_COLUMN_UNKNOWN',
    });
    await expect(train('classes.csv', 'regression')).rejects.toMatchObject({ code: 'ORION_COLUMN_NOT_NUMERIC' });
    await expect(train('numbers.csv', 'classification')).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
    await expect(train('numbers.csv', 'regression', { method: 'magic' })).rejects.toMatchObject({
      code: 'ORION_LEARNER_UNKNOWN',
    });
    await expect(train('numbers.csv', 'regression', { settings: '{"rounds":0}' })).rejects.toMatchObject({
      code: 'ORION_SETTINGS_INVALID',
    });
    await writeFile(file('few.csv'), 'a,told\n1,2\n2,3\n3,5\n');
    await expect(train('few.csv', 'regression', { 'leave-out': '' })).rejects.toMatchObject({
      code: 'ORION_DATA_UNFIT',
    });
  });
});
