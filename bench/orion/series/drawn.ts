import { seededRandom } from '@millwright/imaging';
import type { SeriesSet } from '@millwright/orion/analyse';

/**
 * Hourly loads of a year and a week: day and week of random shape and size, a slow wave, a trend, days that are shut, noise that remembers, and
 * in some series gaps. Each follows from the seed and its number.
 */
export function drawnLoads(count: number, hours: number, seed: number): Float64Array[] {
  return Array.from({ length: count }, (_, number) => {
    const random = seededRandom(seed * 100_003 + number);
    const size = 10 ** (1 + 3 * random());
    const daily = Array.from(
      { length: 3 },
      (_, wave) => [(0.5 * random()) / (wave + 1), 2 * Math.PI * random()] as const,
    );
    const weekend = 0.8 * random();
    const trend = 0.4 * (random() - 0.5);
    const [slow, phase] = [0.3 * random(), 2 * Math.PI * random()];
    const [memory, noise] = [0.5 + 0.45 * random(), 0.02 + 0.08 * random()];
    let rest = 0;
    let shut = false;
    return Float64Array.from({ length: hours }, (_, t) => {
      if (t % 24 === 0) shut = random() < 0.02;
      const day = Math.floor(t / 24) % 7;
      let value = 1 + trend * (t / hours) + slow * Math.sin((2 * Math.PI * t) / 8766 + phase);
      for (const [wave, [height, turn]] of daily.entries())
        value += height * Math.sin((2 * Math.PI * (wave + 1) * t) / 24 + turn);
      if (day > 4 || shut) value *= 1 - weekend;
      rest = memory * rest + noise * (random() + random() + random() - 1.5);
      return size * Math.max(0, value + rest);
    });
  });
}

export const loadSet = (values: readonly Float64Array[], length: number): SeriesSet => ({
  ...{ start: Date.UTC(2024, 0, 1), step: 3_600_000, length, known: [], timezone: 'UTC' },
  names: values.map((_, at) => `load ${at + 1}`),
  values: values.map((one) => one.subarray(0, length)),
});
