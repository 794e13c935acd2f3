import { seededRandom } from '@millwright/imaging';
import type { SeriesSet } from '../types.ts';

export const hour = 3_600_000;

/** A set of one array a series, hourly from 1 January 2024 unless said otherwise. */
export const setOf = (values: readonly Float64Array[], more: Partial<SeriesSet> = {}): SeriesSet => ({
  ...{ start: Date.UTC(2024, 0, 1), step: hour, length: values[0]!.length, known: [], timezone: 'UTC' },
  ...{ names: values.map((_, index) => `series ${index + 1}`), values, ...more },
});

/** A load with a day, a week, a slow trend and noise. */
export function drawnLoad(length: number, seed = 1, noise = 1): Float64Array {
  const random = seededRandom(seed);
  const [size, phase] = [50 + 50 * random(), 24 * random()];
  return Float64Array.from({ length }, (_, t) => {
    const daily = Math.sin((2 * Math.PI * (t + phase)) / 24);
    const weekly = Math.floor(t / 24) % 7 < 5 ? 0.3 : -0.3;
    return size * (1 + 0.4 * daily + weekly + 0.0001 * t) + noise * size * 0.1 * (random() - 0.5);
  });
}
