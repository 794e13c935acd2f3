import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { saveState } from '../../learners/state.ts';
import type { Column, Table } from '../../table/table.ts';
import { drawnData, numberColumn } from '../test/tables-driver.ts';
import type { TableData } from '../types.ts';
import { boostingKind } from './boosting-kind.ts';
import { shapleyByHand } from './test/shapley-by-hand.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const fit = (data: TableData, settings: object = {}, threads = 0) =>
  boostingKind.fit(data, settings, 1, { ...work, threads });
const drawn = (rows: number, seed: number, of: (random: () => number, row: number) => number) => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: rows }, (_, row) => of(random, row));
};
const regression = (columns: Column[], target: Float64Array): TableData => ({
  ...{ task: 'regression', table: { rows: target.length, columns }, target },
});
const meanSquare = (said: Float64Array, wanted: Float64Array) =>
  said.reduce((sum, value, row) => sum + (value - wanted[row]!) ** 2 / said.length, 0);

describe('gradient-boosted trees', () => {
  it('learn what a sum of bent columns says, on rows that they have not seen', async () => {
    const make = (seed: number) => {
      const [a, b] = [drawn(4000, seed, (random) => random()), drawn(4000, seed + 1, (random) => random())];
      const target = a.map((value, row) => 10 * Math.sin(6 * value) + (b[row]! > 0.5 ? 5 : 0));
      return regression([numberColumn('a', a), numberColumn('b', b)], target);
    };
    const model = await fit(make(1));
    const other = make(3);
    // The variance of the target is above 50.
    expect(meanSquare(model.predict(other.table), other.target as Float64Array)).toBeLessThan(0.1);
  });

  it('give the same bytes with any number of threads, rows of several chunks, drawn rows and columns, and early stopping', async () => {
    const a = drawn(70_000, 5, (random) => random());
    const b = drawn(70_000, 6, (random) => Math.floor(9 * random()));
    const grade: Column = { kind: 'category', name: 'g', codes: Int32Array.from(b), levels: [...'abcdefghi'] };
    const target = Int32Array.from(a, (value, row) => (value * 9 + b[row]! > 9 ? 1 : 0));
    const data: TableData = {
      ...{ task: 'classification', classes: ['no', 'yes'], target },
      table: { rows: 70_000, columns: [numberColumn('a', a), grade] },
    };
    const settings = { rounds: 8, rows: 0.7, columns: 0.5, stop: 3 };
    const [one, two] = [await fit(data, settings, 0), await fit(data, settings, 2)];
    expect(Buffer.compare(saveState(one.state()), saveState(two.state()))).toBe(0);
  });

  it('send what is missing where the loss falls, and tell gaps from numbers', async () => {
    const a = drawn(1000, 7, (random, row) => (row % 3 === 0 ? Number.NaN : random()));
    const target = a.map((value) => (Number.isNaN(value) ? 3 : value > 0.5 ? 1 : 0));
    const model = await fit(regression([numberColumn('a', a)], target), { rounds: 100, learningRate: 0.2, penalty: 0 });
    const said = model.predict({ rows: 3, columns: [numberColumn('a', [Number.NaN, 0.9, 0.1])] });
    for (const [row, wanted] of [3, 1, 0].entries()) expect(said[row]).toBeCloseTo(wanted, 2);
  });

  it('put levels into sets by what they say, many of them, and take unknown ones for missing', async () => {
    const levels = Array.from({ length: 40 }, (_, level) => `level ${String(level).padStart(2, '0')}`);
    const codes = Int32Array.from({ length: 4000 }, (_, row) => row % 40);
    const target = Float64Array.from(codes, (code) => ((code * 7) % 5 < 2 ? 10 : 0));
    const grade: Column = { kind: 'category', name: 'g', codes, levels };
    const model = await fit(regression([grade], target), { rounds: 60, learningRate: 0.3, leaves: 4 });
    expect(meanSquare(model.predict({ rows: 4000, columns: [grade] }), target)).toBeLessThan(0.05);
    // Other files have other levels, in another order.
    const other: Column = { kind: 'category', name: 'g', codes: Int32Array.of(1, 0, -1), levels: ['level 01', 'new'] };
    const [, known] = model.predict({ rows: 3, columns: [other] });
    const [unknown, , missing] = model.predict({ rows: 3, columns: [{ ...other, codes: Int32Array.of(1, 0, -1) }] });
    expect(unknown).toBe(missing);
    expect(known).toBeCloseTo(target[1]!, 0);
  });

  it('keep a monotone column monotone, whatever the noise', async () => {
    const a = drawn(2000, 11, (random) => random());
    const noise = seededRandom(12);
    const target = a.map((value) => -value + noise());
    const learn = (settings: object) => fit(regression([numberColumn('load', a)], target), settings);
    const falls = (said: Float64Array) => said.every((value, row) => row === 0 || value <= said[row - 1]! + 1e-9);
    const grid: Table = {
      rows: 500,
      columns: [
        numberColumn(
          'load',
          Float64Array.from({ length: 500 }, (_, at) => at / 500),
        ),
      ],
    };
    expect(falls((await learn({})).predict(grid))).toBe(false);
    expect(falls((await learn({ monotone: { load: -1 } })).predict(grid))).toBe(true);
    await expect(learn({ monotone: { Load: -1 } })).rejects.toMatchObject({ code: 'ORION_COLUMNS_DIFFER' });
  });

  it('tell a quantile that so many rows stay below', async () => {
    const make = (seed: number) => {
      const a = drawn(5000, seed, (random) => random());
      const noise = seededRandom(seed + 1);
      return regression(
        [numberColumn('a', a)],
        a.map((value) => 5 * value + value * noise()),
      );
    };
    const other = make(23);
    for (const quantile of [0.1, 0.9]) {
      const said = (await fit(make(21), { quantile, rounds: 100, leaves: 8 })).predict(other.table);
      const below = said.reduce((count, value, row) => count + (other.target[row]! <= value ? 1 : 0), 0) / 5000;
      expect(Math.abs(below - quantile)).toBeLessThan(0.03);
    }
  });

  it('stop early where there is nothing more to learn', async () => {
    const a = drawn(600, 31, (random) => random());
    const noise = seededRandom(32);
    const data = regression(
      [numberColumn('a', a)],
      a.map((value) => (value > 0.5 ? 1 : 0) + noise()),
    );
    const trees = async (settings: object) => {
      const { nodeStart } = (await fit(data, settings)).state().trees as unknown as { nodeStart: Int32Array };
      return nodeStart.length - 1;
    };
    expect(await trees({ rounds: 300, stop: 10 })).toBeLessThan(150);
    expect(await trees({ rounds: 300 })).toBe(300);
  });

  it('learn three classes, and weigh rare ones up where that is asked for', async () => {
    const data = drawnData('classification', 900, ['a', 'b', 'c']);
    const model = await fit(data, { rounds: 50 });
    const said = model.predict(data.table);
    let right = 0;
    for (let row = 0; row < 900; row++) {
      const own = [...said.subarray(3 * row, 3 * row + 3)];
      expect(own[0]! + own[1]! + own[2]!).toBeCloseTo(1, 9);
      if (own.indexOf(Math.max(...own)) === data.target[row]) right += 1;
    }
    expect(right / 900).toBeGreaterThan(0.9);
    const a = drawn(2000, 41, (random) => random());
    const rare: TableData = {
      ...{ task: 'classification', classes: ['no', 'yes'], table: { rows: 2000, columns: [numberColumn('a', a)] } },
      target: Int32Array.from(a, (value, row) => (value > 0.9 && row % 4 === 0 ? 1 : 0)),
    };
    const chance = async (settings: object) =>
      (await fit(rare, { rounds: 30, ...settings })).predict({ rows: 1, columns: [numberColumn('a', [0.95])] })[1]!;
    expect(await chance({})).toBeLessThan(0.5);
    expect(await chance({ balanced: true })).toBeGreaterThan(0.8);
  });

  it('explain a row by Shapley values that add up, as by hand over all sets of columns', async () => {
    const data = drawnData('regression', 400);
    const model = await fit(data, { rounds: 5, leaves: 7, learningRate: 0.5, minRows: 5 });
    const few: Table = {
      rows: 20,
      columns: data.table.columns.map((column) =>
        column.kind === 'number'
          ? { ...column, values: column.values.subarray(0, 20) }
          : { ...column, codes: column.codes.subarray(0, 20) },
      ),
    };
    const { base, values } = model.explain!(few);
    const said = model.predict(few);
    const byHand = shapleyByHand(model, few);
    for (let row = 0; row < 20; row++) {
      const own = values.subarray(3 * row, 3 * row + 3);
      expect(base[0]! + own[0]! + own[1]! + own[2]!).toBeCloseTo(said[row]!, 6);
      for (let column = 0; column < 3; column++) expect(own[column]).toBeCloseTo(byHand[3 * row + column]!, 6);
    }
  });

  it('name the columns that a table lacks', async () => {
    const model = await fit(drawnData('regression', 100), { rounds: 2 });
    const { table } = drawnData('regression', 10);
    const renamed = table.columns.map((column) => (column.name === 'heat' ? { ...column, name: 'Heat' } : column));
    expect(() => model.predict({ ...table, columns: renamed })).toThrow(
      expect.objectContaining({
        code: 'ORION_COLUMNS_DIFFER',
        message: expect.stringMatching(/not there: heat.*expects load, heat, grade; found are load, Heat, grade/),
      }),
    );
  });
});
