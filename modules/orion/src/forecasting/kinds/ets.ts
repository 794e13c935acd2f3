import { estimate, loader } from './augurs.ts';
import { localKind } from './local-kind.ts';
import { seasonalIndices } from './seasonal-indices.ts';

const load = loader('ets', () => import('@bsull/augurs/ets'));
let AutoETS: typeof import('@bsull/augurs/ets').AutoETS;

/** What `smooth` needs before. */
export async function loadSmoothing(): Promise<void> {
  await load();
  ({ AutoETS } = await import('@bsull/augurs/ets'));
}

/** Exponential smoothing without a season, error and trend chosen by AICc; where no model can be estimated, the last value stays. */
function smooth(values: Float64Array, horizon: number): Float64Array {
  const still = () => new Float64Array(horizon).fill(values.at(-1)!);
  if (values.length < 8 || isConstant(values)) return still();
  return (
    estimate(() => {
      using model = new AutoETS(1, 'ZZN');
      model.fit(values);
      return Float64Array.from(model.predict(horizon).point);
    }) ?? still()
  );
}

/** Exponential smoothing of a series adjusted by the classical decomposition of one season, with the season put on again. */
export function smoothAdjusted(values: Float64Array, horizon: number, seasons: readonly number[]): Float64Array {
  const season = seasons.findLast((steps) => 2 * steps <= values.length) ?? 1;
  const indices = seasonalIndices(values, season);
  const adjusted = values.map((value, at) => value - indices[at % season]!);
  return smooth(adjusted, horizon).map((value, step) => value + indices[(values.length + step) % season]!);
}

/** augurs' own exponential smoothing has no season yet. */
export const ets = localKind({
  name: 'ets',
  summary:
    'Exponential smoothing, error and trend chosen by AICc (Hyndman and Khandakar 2008), computed by augurs, of the series adjusted by classical decomposition of its longest season.',
  least: () => 4,
  most: (seasons) => Math.max(300, 8 * (seasons.at(-1) ?? 1)),
  prepare: loadSmoothing,
  extend: (values, { horizon, seasons }) => smoothAdjusted(values, horizon, seasons),
});

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);
