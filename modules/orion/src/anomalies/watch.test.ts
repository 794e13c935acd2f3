import { describe, expect, it } from 'vitest';
import { loadState, saveState } from '../learners/state.ts';
import { principalComponents } from './kinds/principal-components.ts';
import { drawnPlant } from './test/drawn-plant.ts';
import { scoreRows } from './types.ts';
import { Watch, type WatchedRow } from './watch.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const settings = { stepMs: 1000, holdMs: 5000, rule: { threshold: 1.5, release: 1.2, mergeMs: 10_000 } };

describe('watching an asset', () => {
  it('scores as a file is scored, blames the sensor that is off, and continues after a restart', async () => {
    const data = drawnPlant(900, 3);
    const [normal, later] = [drawnPlant(400, 4), data];
    for (let row = 700; row < 760; row++) later.values[row * 4 + 1]! += 12;
    const detector = await principalComponents.fit(normal, {}, 1, work);
    const whole = scoreRows(detector.start(), later);
    let watch = new Watch(detector, settings);
    const rows: WatchedRow[] = [];
    for (let row = 0; row < later.rows; row++) {
      for (let sensor = 0; sensor < 4; sensor++) {
        const scored = watch.push(sensor, later.time[row]! + sensor, later.values[row * 4 + sensor]!);
        if (scored) rows.push({ ...scored, blame: scored.blame.slice() });
      }
      if (row === 730)
        watch = new Watch(principalComponents.open(detector.state()), settings, loadState(saveState(watch.state())));
    }
    expect(rows.map(({ score }) => score)).toEqual([...whole.scores.subarray(0, -1)]);
    const ended = rows.flatMap((one) => one.ended ?? []).filter(({ peak }) => peak > 2);
    expect(ended).toHaveLength(1);
    expect(ended[0]!.from).toBe(later.time[700]! + 3);
    expect(ended[0]!.blame[1]).toBeGreaterThan(0.5);
    expect(ended[0]!.blame.reduce((sum, one) => sum + one)).toBeCloseTo(1);
  });

  it('leaves out readings of before, and takes a silent sensor for unknown', async () => {
    const detector = await principalComponents.fit(drawnPlant(400, 4), {}, 1, work);
    const watch = new Watch(detector, settings);
    watch.push(0, 10_000, 20);
    watch.push(0, 5000, 999);
    expect(watch.late).toBe(1);
    watch.push(0, 20_000, Number.NaN);
    expect(watch.push(0, 21_000, Number.NaN)?.score).toBe(0);
  });
});
