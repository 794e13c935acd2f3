import { estimate, loader } from './augurs.ts';
import { loadSmoothing, smoothAdjusted } from './ets.ts';
import { localKind } from './local-kind.ts';

const load = loader('mstl', () => import('@bsull/augurs/mstl'));
let MSTL: typeof import('@bsull/augurs/mstl').MSTL;

/** Several seasons taken apart by loess, the rest by exponential smoothing; without a season, or where that cannot be estimated, as ets. */
export const mstl = localKind({
  name: 'mstl',
  summary:
    'Seasons taken apart one after another by loess, the rest by exponential smoothing (MSTL, Bandara, Hyndman and Bergmeir 2021), computed by augurs.',
  least: () => 4,
  most: (seasons) => Math.max(300, 8 * (seasons.at(-1) ?? 1)),
  async prepare() {
    await Promise.all([load(), loadSmoothing()]);
    ({ MSTL } = await import('@bsull/augurs/mstl'));
  },
  extend(values, { horizon, seasons }) {
    const periods = seasons.filter((steps) => 2 * steps < values.length);
    const still = values.every((value) => value === values[0]);
    const made =
      periods.length === 0 || still
        ? undefined
        : estimate(() => {
            using model = MSTL.ets(periods);
            model.fit(values);
            return Float64Array.from(model.predict(horizon).point);
          });
    return made ?? smoothAdjusted(values, horizon, seasons);
  },
});
