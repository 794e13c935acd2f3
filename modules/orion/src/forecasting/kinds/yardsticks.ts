import { localKind } from './local-kind.ts';

/** The last value stays. */
export const naive = localKind({
  name: 'naive',
  summary: 'The last value stays as it is (random walk).',
  least: () => 1,
  extend: (values, { horizon }) => new Float64Array(horizon).fill(values.at(-1)!),
});

/** The last season comes again; without a season, the last value. */
export const seasonalNaive = localKind({
  name: 'seasonal-naive',
  summary: 'The last whole season comes again, the longest one that was found.',
  least: () => 1,
  extend(values, { horizon, seasons }) {
    const season = seasons.findLast((steps) => steps <= values.length) ?? 1;
    return Float64Array.from({ length: horizon }, (_, step) => values[values.length - season + (step % season)]!);
  },
});

/** The line through the first and the last value goes on. */
export const drift = localKind({
  name: 'drift',
  summary: 'The straight line from the first to the last value goes on (random walk with drift).',
  least: () => 2,
  extend(values, { horizon }) {
    const last = values.at(-1)!;
    const slope = (last - values[0]!) / (values.length - 1);
    return Float64Array.from({ length: horizon }, (_, step) => last + slope * (step + 1));
  },
});
