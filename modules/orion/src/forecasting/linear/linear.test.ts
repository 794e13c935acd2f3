import { describe, expect, it } from 'vitest';
import { drawnLoad } from '../test/drawn-series.ts';
import { priorWeights } from './prior-weights.ts';
import { squaredErrors } from './solve-weights.ts';
import { addWindows, emptyMoments, type Level, levelMoments } from './window-moments.ts';

const [lookback, horizon] = [12, 3];
const x = drawnLoad(200).map((value) => value / 50);

/** A window relieved of its level, and the level. */
function windowAt(at: number, level: Level): { window: Float64Array; base: number } {
  const window = x.slice(at, at + lookback + horizon);
  const known = window.subarray(0, lookback);
  const base =
    level === 'none' ? 0 : level === 'last' ? known.at(-1)! : known.reduce((sum, one) => sum + one, 0) / lookback;
  return { window: window.map((value) => value - base), base };
}

describe.each(['none', 'last', 'mean'] as const)('moments of windows relieved of %s', (level) => {
  it('are what summing over the windows one by one gives', () => {
    const moments = emptyMoments(lookback, horizon);
    addWindows(moments, x, 5, 150);
    const got = levelMoments(moments, level);
    const width = lookback + horizon;
    const wanted = new Float64Array(lookback * width);
    for (let at = 5; at < 150; at++) {
      const { window } = windowAt(at, level);
      for (let i = 0; i < lookback; i++)
        for (let k = 0; k < width; k++) wanted[i * width + k]! += window[i]! * window[k]!;
    }
    expect(got.windows).toBe(145);
    for (let at = 0; at < wanted.length; at++) expect(got.products[at]).toBeCloseTo(wanted[at]!, 6);
  });

  it.each(['plain', 'decomposition', 'seasonal'] as const)(
    'tell the error of %s weights without visiting a window',
    (prior) => {
      const moments = emptyMoments(lookback, horizon);
      addWindows(moments, x, 0, 180);
      const own = levelMoments(moments, level);
      const weights = priorWeights(own, 0.01, prior, 4)!;
      const wanted = new Float64Array(horizon);
      for (let at = 0; at < 180; at++) {
        const { window } = windowAt(at, level);
        for (let j = 0; j < horizon; j++) {
          let forecast = 0;
          for (let i = 0; i < lookback; i++) forecast += window[i]! * weights[i * horizon + j]!;
          wanted[j]! += (window[lookback + j]! - forecast) ** 2;
        }
      }
      const told = squaredErrors(own, weights);
      for (let j = 0; j < horizon; j++) expect(told[j]! / wanted[j]!).toBeCloseTo(1, 6);
    },
  );
});

it('weighs only lags in phase, the last season and the means of seasons', () => {
  const moments = emptyMoments(12, 1);
  addWindows(moments, x, 0, 180);
  const weights = priorWeights(levelMoments(moments, 'last'), 0.01, 'seasonal', 4)!;
  // Lags 1 to 3 of the two older seasons are out of phase: each has the weight of its season's mean alone.
  expect(weights[1]).toBeCloseTo(weights[2]!, 12);
  expect(weights[5]).toBeCloseTo(weights[6]!, 12);
  expect(weights[0]).not.toBeCloseTo(weights[1]!, 6);
});
