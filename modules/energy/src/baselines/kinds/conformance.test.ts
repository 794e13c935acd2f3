import { describe, expect, it } from 'vitest';
import { siteClock } from '../../analysis/site-clock.ts';
import { predictRates } from '../design.ts';
import { drawnPlant } from '../drawn-plant.ts';
import { fitBaseline } from '../fit-baseline.ts';
import { frameOf, type IntervalRows } from '../interval-rows.ts';
import type { BaselineMethod } from '../model.ts';
import { baselineKinds } from './registry.ts';

const plant = drawnPlant({ from: '2023-01-01T00:00Z', days: 365, stepHours: 1, noise: 25 });
const clock = siteClock('UTC', plant.from, plant.to);
const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

describe.each(Object.values(baselineKinds))('the baseline $id', (kind) => {
  const fit = (rows: IntervalRows) => fitBaseline(rows, clock, { method: kind.id, ...all });

  it('names its source and learns the same twice, as plain JSON', () => {
    expect(kind.source.length).toBeGreaterThan(20);
    const { model } = fit(plant.rows);
    expect(model.method).toBe(kind.id);
    expect(model.statistics.cvrmse).toBeLessThan(0.1);
    expect(Math.abs(model.statistics.nmbe)).toBeLessThan(0.005);
    const { frame } = frameOf(plant.rows, kind.step, clock);
    expect(kind.learn(frame, ['pieces'], {}).segments).toEqual(model.segments);
    const kept = JSON.parse(JSON.stringify(model.segments));
    expect([...predictRates(kept, frame)]).toEqual([...predictRates(model.segments, frame)]);
  });

  it('says what a constant and an empty driver, and columns of nothing, come to', () => {
    const n = plant.rows.start.length;
    const constant = { name: 'same', values: new Float64Array(n).fill(7), kind: 'share' as const };
    const odd = plant.rows.energy.map((value, row) => (row === 500 ? Number.POSITIVE_INFINITY : value));
    const { notes, model } = fit({ ...plant.rows, energy: odd, drivers: [...plant.rows.drivers, constant] });
    expect(Number.isFinite(model.statistics.cvrmse)).toBe(true);
    expect(notes.map(({ code }) => code)).toContain('energy-baseline.driver-constant');
    expect(model.segments[0]!.terms.drivers).toEqual(['pieces']);
    const empty = { name: 'empty', values: new Float64Array(n).fill(Number.NaN), kind: 'amount' as const };
    expect(() => fit({ ...plant.rows, drivers: [empty] })).toThrow(/needs at least \d+ intervals/);
    expect(() => fit({ ...plant.rows, energy: empty.values })).toThrow('there is no reading of energy');
    expect(() => fit({ ...plant.rows, energy: constant.values })).toThrow('never changes');
    const sparse = plant.rows.energy.map((value, row) => (row % 100 === 0 ? value : Number.NaN));
    expect(() => fit({ ...plant.rows, energy: sparse })).toThrow(/needs at least \d+ intervals.*there are \d+/);
  });

  it('says how many intervals it needs', () => {
    const few = drawnPlant({ from: '2023-01-01T00:00Z', days: 10, stepHours: 1 });
    try {
      fitBaseline(few.rows, clock, { method: kind.id, ...all });
      expect.fail('it learnt from ten days');
    } catch (error) {
      expect(error).toMatchObject({
        code: 'ENERGY_BASELINE_TOO_SHORT',
        details: { need: kind.least + (kind.step === 'billing' ? 0 : 1) },
      });
    }
  });
});

it('does without a temperature, or says that it does not', () => {
  const { temperature: _, ...rows } = plant.rows;
  const fit = (method: BaselineMethod) => fitBaseline(rows, clock, { method, ...all });
  expect(() => fit('change-point')).toThrow('learns from a temperature');
  for (const method of ['daily', 'billing', 'towt'] as const)
    expect(fit(method).notes.map(({ code }) => code)).toContain('energy-baseline.temperature-unused');
});
