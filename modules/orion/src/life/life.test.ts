import { describe, expect, it } from 'vitest';
import { fitConditions } from './conditions.ts';
import { lifeFigures, scoreOf } from './figures.ts';
import { rowsOf } from './fit-member.ts';
import { fitIntervals, withInterval } from './intervals.ts';
import { networkLife } from './network-kind.ts';
import { alignRuns, readRuns, readTruth } from './read-runs.ts';
import { chooseShares } from './shares.ts';
import { cutRuns, drawnRuns } from './test/life-driver.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };

describe('remaining life', () => {
  it('is told of machines that were not learnt from, under loads that change', async () => {
    const model = await networkLife.fit(drawnRuns(20), { cap: 25, folds: 4, repeats: 1 }, 1, work);
    const others = drawnRuns(20, 2);
    for (const before of [3, 10, 18]) {
      const told = cutRuns(others, before).units.map((unit) => model.remaining(unit));
      const { rmse, coverage } = lifeFigures(told, new Float64Array(20).fill(before), 25);
      expect(rmse).toBeLessThan(4);
      expect(coverage).toBeGreaterThan(0.7);
    }
    // Early in a life nothing shows yet: that is in these figures, and not in those above.
    expect(model.validation.rmse).toBeLessThan(6);
    expect(model.validation.coverage).toBeGreaterThan(0.8);
  });

  it('counts in cycles, not in rows', async () => {
    const runs = drawnRuns(10);
    const hours = {
      ...runs,
      units: runs.units.map((unit) => ({ ...unit, cycles: unit.cycles.map((one) => 10 * one) })),
    };
    const settings = { folds: 2, repeats: 1 };
    const inRows = await networkLife.fit(runs, { ...settings, cap: 25 }, 1, work);
    const inHours = await networkLife.fit(hours, { ...settings, cap: 250 }, 1, work);
    const [row, hour] = [inRows.remaining(runs.units[0]!), inHours.remaining(hours.units[0]!)];
    expect(hour.estimate).toBeCloseTo(10 * row.estimate, 1);
  });
});

describe('operating conditions', () => {
  it('are taken out where settings fall into a few regimes', () => {
    const runs = drawnRuns(20);
    const conditions = fitConditions(rowsOf(runs, runs.units));
    const out = new Float64Array(8);
    const settings = Float64Array.of(20, 80);
    conditions.normalise(settings, Float64Array.of(2, 46, 20.5, 0.5, 8, 34, 80.5, 0.5), 0, out, 0);
    conditions.normalise(settings, Float64Array.of(2, 46, 20.5, 0.5, 8, 34, 80.5, 0.5), 1, out, 4);
    for (const sensor of [0, 1, 2, 3]) expect(out[sensor]!).toBeCloseTo(out[sensor + 4]!, 0);
  });

  it('are taken out by regression where settings vary continuously', () => {
    const rows = 400;
    const settings = Float64Array.from({ length: rows }, (_, row) => (row * 37) % 101);
    const values = Float64Array.from(settings, (load, row) => 3 + load + 0.02 * load * load + (row % 2));
    const conditions = fitConditions({ rows, settingCount: 1, sensorCount: 1, settings, values });
    const out = new Float64Array(2);
    conditions.normalise(Float64Array.of(10), Float64Array.of(3.5 + 10 + 2), 0, out, 0);
    conditions.normalise(Float64Array.of(90), Float64Array.of(3.5 + 90 + 162), 0, out, 1);
    for (const value of out) expect(Math.abs(value)).toBeLessThan(0.5);
  });
});

describe('intervals', () => {
  it('hold the share that was asked for, and are narrow where errors are small', () => {
    const rows = 2000;
    const told = Float64Array.from({ length: rows }, (_, row) => row % 100);
    const held = {
      unit: Int32Array.from(told, (_, row) => row % 50),
      told,
      actual: told.map((one, row) => one + (one / 5) * Math.sin(row * 12.9898)),
    };
    const intervals = fitIntervals(held, 100, 0.9);
    const inside = Array.from(told, (one, row) => {
      const { low, high } = withInterval(intervals, one);
      return held.actual[row]! >= low && held.actual[row]! <= high;
    });
    expect(inside.filter(Boolean).length / rows).toBeGreaterThan(0.88);
    const width = (at: number) => withInterval(intervals, at).high - withInterval(intervals, at).low;
    expect(width(10)).toBeLessThan(width(60) / 2);
  });
});

it('gives most to the estimator that errs least, and mixes those that err apart', () => {
  const actual = Float64Array.from({ length: 100 }, (_, row) => row);
  const [one, other] = [actual.map((value, row) => value + (row % 2)), actual.map((value, row) => value - (row % 2))];
  expect([...chooseShares([one, other], actual)]).toEqual([0.5, 0.5]);
  expect([...chooseShares([actual, one], actual)]).toEqual([1, 0]);
});

it('scores being late worse than being early', () => {
  expect(scoreOf(10)).toBeCloseTo(Math.E - 1);
  expect(scoreOf(-13)).toBeCloseTo(Math.E - 1);
});

describe('reading runs', () => {
  const bytes = (text: string) => Buffer.from(text);

  it('knows the layout of C-MAPSS', async () => {
    const row = (unit: number, cycle: number) => [unit, cycle, 0.1, 0.2, 100, ...Array(21).keys()].join(' ');
    const runs = await readRuns(bytes(`${row(1, 2)}  \n${row(1, 1)}  \n${row(2, 1)}  \n`), {}, true);
    expect(runs.units.map(({ name, cycles }) => [name, [...cycles]])).toEqual([
      ['1', [1, 2]],
      ['2', [1]],
    ]);
    expect(runs.settings).toEqual(['setting 1', 'setting 2', 'setting 3']);
    expect(runs.sensors).toHaveLength(21);
  });

  it('finds columns by their names, and never learns from the answer', async () => {
    const text = 'machine,op_setting_1,heat,RUL,cycle\na,1,20,1,1\na,1,21,0,2\nb,2,22,0,1\n';
    const runs = await readRuns(bytes(text), {}, true);
    expect(runs).toMatchObject({ unit: 'machine', cycle: 'cycle', settings: ['op_setting_1'], sensors: ['heat'] });
    expect(alignRuns(runs, { settings: [], sensors: ['heat'] })[0]!.values).toEqual(Float64Array.of(20, 21));
    expect(() => alignRuns(runs, { settings: [], sensors: ['cold'] })).toThrow(
      expect.objectContaining({ code: 'ORION_LIFE_SENSORS_MISSING' }),
    );
  });

  it('says when unit and cycle cannot be found, and when truths are of other units', async () => {
    await expect(readRuns(bytes('a,b\n1,2\n'), {}, true)).rejects.toMatchObject({ code: 'ORION_LIFE_LAYOUT_UNKNOWN' });
    expect([...(await readTruth(bytes('112 \n98 \n'), 2))]).toEqual([112, 98]);
    await expect(readTruth(bytes('112\n98\n'), 3)).rejects.toMatchObject({ code: 'ORION_LIFE_TRUTH_MISMATCH' });
  });
});
