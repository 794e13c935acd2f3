import { beforeAll, describe, expect, it } from 'vitest';
import type { SensorData } from '../../anomalies/types.ts';
import { loadState, saveState } from '../../learners/state.ts';
import { drawnMachine, healthNames } from '../test/health-driver.ts';
import { type HealthModel, type HealthWatch, healthKind } from './health-model.ts';
import { failureHints } from './hints.ts';
import { trendOf } from './trend.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const follow = (watch: HealthWatch, data: SensorData) => {
  const indices: number[] = [];
  for (let row = 0; row < data.rows; row++) {
    const reading = watch.push(data.time[row]!, data.values.subarray(row * 4, (row + 1) * 4));
    if (reading) indices.push(reading.index);
  }
  return indices;
};

describe('health', () => {
  let model: HealthModel;
  const start = 2000 * 900_000;
  beforeAll(async () => {
    model = await healthKind.fit(drawnMachine(2000), { conditions: ['load'] }, 1, work);
  });

  it('stays high in normal running, under any load and at standstill', () => {
    const indices = follow(model.start(), drawnMachine(1000, 5, undefined, start));
    expect(indices.length).toBeLessThan(800);
    expect(indices.filter((index) => index < 70).length / indices.length).toBeLessThan(0.02);
  });

  it('falls while a bearing wears, blames what moves, says how long is left and what it may be', () => {
    const watch = model.start();
    const rows = 1000;
    const indices = follow(
      watch,
      drawnMachine(rows, 6, (row) => (0.6 * row) / rows, start),
    );
    expect(indices.at(-1)!).toBeLessThan(60);
    expect(indices[100]!).toBeGreaterThan(indices.at(-1)! + 20);
    const parts = watch.current()!.parts.toSorted((a, b) => b.share - a.share);
    expect(parts[0]).toMatchObject({ sensor: 'vibration' });
    expect(parts[0]!.deviation!).toBeGreaterThan(2);
    const trend = watch.trend()!;
    expect(trend.steady).toBe(true);
    expect(trend.perDay).toBeGreaterThan(0);
    expect(trend.high).toBeGreaterThan(trend.perDay);
    const [hint] = watch.hints();
    expect(hint).toMatchObject({ mode: 'bearing-wear' });
    expect(hint!.reasons.length).toBeGreaterThan(0);
  });

  it('goes on after a restart as if there had been none', () => {
    const data = drawnMachine(300, 7, (row) => row / 1000, start);
    const half = (from: number, to: number): SensorData => ({
      ...data,
      rows: to - from,
      values: data.values.subarray(from * 4, to * 4),
      time: data.time.subarray(from, to),
    });
    const whole = follow(model.start(), data);
    const opened = healthKind.open(loadState(saveState(model.state())));
    const first = opened.start();
    const before = follow(first, half(0, 140));
    const second = opened.start(loadState(saveState(first.state())));
    expect([...before, ...follow(second, half(140, 300))]).toEqual(whole);
  });
});

describe('trend', () => {
  const day = 86_400_000;
  const times = Float64Array.from({ length: 20 }, (_, at) => at * day);

  it('tells when a limit is reached, and between which days', () => {
    const rising = times.map((_, at) => at + Math.sin(at * 12.9898));
    const { perDay, steady, daysToLimit } = trendOf(times, rising, 40)!;
    expect(perDay).toBeCloseTo(1, 1);
    expect(steady).toBe(true);
    expect(daysToLimit!.estimate).toBeGreaterThan(18);
    expect(daysToLimit!.estimate).toBeLessThan(22);
    expect(daysToLimit!.low).toBeLessThan(daysToLimit!.estimate);
    expect(daysToLimit!.high!).toBeGreaterThan(daysToLimit!.estimate);
  });

  it('tells none of what only wavers, and of too few points', () => {
    expect(
      trendOf(
        times,
        times.map((_, at) => Math.sin(at * 7)),
        5,
      )!.daysToLimit,
    ).toBeNull();
    expect(trendOf(times.subarray(0, 5), times.subarray(0, 5), 5)).toBeUndefined();
  });
});

describe('hints', () => {
  const modes = (sensors: string[], values: number[], past = {}) =>
    failureHints({ sensors, values: Float64Array.from(values) }, Object.values(past)).map(({ mode }) => mode);

  it('name the signature that deviations are like', () => {
    expect(modes(['air-flow', 'active-power', 'pressure', 'vibration'], [8, 7, -3, 0.2])[0]).toBe('leak');
    expect(modes(['current-l1', 'current-l2', 'current-l3', 'voltage'], [9, -5, -5, 0])[0]).toBe('phase-imbalance');
    expect(modes(healthNames, [0, 0.3, 7, 5])[0]).toBe('bearing-wear');
    expect(modes(['supply-temperature', 'return-temperature', 'flow'], [9, 0.1, 0.2])).toContain('sensor-drift');
    expect(modes(healthNames, [0, 1, -1, 0.5])).toEqual([]);
  });

  it('name a past case that was alike', () => {
    const past = { id: '7', cause: 'seal broken', sensors: healthNames, values: Float64Array.of(0, -6, 1, 4) };
    const found = failureHints({ sensors: healthNames, values: Float64Array.of(0, -9, 2.1, 6) }, [past]);
    expect(found.find(({ mode }) => mode === 'case')).toMatchObject({ caseId: '7' });
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });
});
