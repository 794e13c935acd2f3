import { seededRandom } from '@millwright/imaging';
import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State, Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { boostingKind } from '../../tables/trees/boosting-kind.ts';
import type { TableModel } from '../../tables/types.ts';
import { fillGaps } from '../fill-gaps.ts';
import { checkFit } from '../kinds/check-fit.ts';
import { forecastNotes } from '../notes.ts';
import type { Forecaster, ForecastKind, SeriesSet } from '../types.ts';
import { LagFeatures, type Questions } from './lag-features.ts';

const name = 'gradient-boosting';
const leastRows = 60;

const settingsSchema = z.strictObject({
  rounds: z.number().int().min(1).max(5000).default(100),
  leaves: z.number().int().min(2).max(512).default(15),
  learningRate: z.number().gt(0).max(1).default(0.06),
  /** Questions that are learnt from at most; of longer series fewer, evenly spaced. */
  mostRows: z.number().int().min(100).max(5_000_000).default(60_000),
});

/**
 * One model for all series and all steps ahead: gradient-boosted trees on lags, the clock and what is known ahead, each value asked for from
 * origins at several distances.
 */
export const boostedLags: ForecastKind = {
  name,
  summary:
    'Gradient-boosted trees on lags, clock and known inputs; one model for all series and steps ahead (global, after the winners of M5: Makridakis et al. 2022).',
  settings: settingsSchema,
  async fit({ series, horizon, seasons }, given, seed, work) {
    const settings = settingsOf({ name, settings: settingsSchema }, given);
    work.signal.throwIfAborted();
    checkFit(name, series, 8);
    const filled = series.values.map((values) => fillGaps(values, seasons.at(-1) ?? 0));
    const scales = Float64Array.from(filled, deviation);
    const questions = drawQuestions(series, horizon, seasons, settings.mostRows, seed);
    const rows = questions.series.length;
    if (rows < leastRows) {
      const least = leastRows + horizon + (seasons[0] ?? 1);
      throw orionErrors.ORION_DATA_UNFIT({
        learner: name,
        reason: forecastNotes['too-short']({ count: series.length, least }),
      });
    }
    const features = new LagFeatures(series, filled, scales, seasons);
    const target = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const [own, origin] = [questions.series[row]!, questions.origin[row]!];
      const value = series.values[own]![origin + questions.step[row]!]!;
      target[row] = (value - features.base(own, origin)) / features.scale(own);
    }
    const table = { rows, columns: features.columns(questions) };
    const { rounds, leaves, learningRate } = settings;
    const minRows = Math.max(2, Math.min(20, Math.floor(rows / 100)));
    const model = await boostingKind.fit(
      { task: 'regression', table, target },
      { rounds, leaves, learningRate, minRows, columns: 0.8 },
      seed,
      work,
    );
    return open({ horizon, seasons: Int32Array.from(seasons), scales, model: model.state() }, model);
  },
  open: (state) => open(state as unknown as BoostedState, boostingKind.open((state as unknown as BoostedState).model)),
};

interface BoostedState extends State {
  readonly horizon: number;
  readonly seasons: Int32Array;
  readonly scales: Float64Array;
  readonly model: State;
}

function open(state: BoostedState, model: TableModel): Forecaster {
  const { horizon, scales } = state;
  const seasons = [...state.seasons];
  return {
    horizon,
    state: () => state,
    async forecast(history: SeriesSet, work: Work) {
      work.signal.throwIfAborted();
      const filled = history.values.map((values) => fillGaps(values, seasons.at(-1) ?? 0));
      const features = new LagFeatures(history, filled, scales, seasons);
      const count = history.values.length;
      const told = model.predict({
        rows: count * horizon,
        columns: features.columns({
          series: Int32Array.from({ length: count * horizon }, (_, row) => Math.floor(row / horizon)),
          origin: new Int32Array(count * horizon).fill(history.length),
          step: Int32Array.from({ length: count * horizon }, (_, row) => row % horizon),
        }),
      });
      return history.values.map((_, series) => {
        const base = features.base(series, history.length);
        return Float64Array.from(
          { length: horizon },
          (_, step) => base + told[series * horizon + step]! * features.scale(series),
        );
      });
    },
  };
}

/** Values that are known, each asked for from some distances that are drawn; every so manieth where there are more than `most`. */
function drawQuestions(
  set: SeriesSet,
  horizon: number,
  seasons: readonly number[],
  most: number,
  seed: number,
): Questions {
  const random = seededRandom(seed);
  // The shortest season must lie before an origin.
  const first = Math.min(seasons[0] ?? 4, Math.floor(set.length / 3));
  const possible = set.values.length * Math.max(0, set.length - first);
  const each = Math.max(1, Math.min(4, horizon, Math.floor(most / Math.max(1, possible))));
  const every = Math.max(1, Math.ceil((possible * each) / most));
  const [series, origin, step]: [number[], number[], number[]] = [[], [], []];
  for (const [own, values] of set.values.entries())
    for (let at = first + (own % every); at < set.length; at += every) {
      if (!Number.isFinite(values[at]!)) continue;
      for (let draw = 0; draw < each; draw++) {
        const ahead = Math.floor(random() * Math.min(horizon, at - first + 1));
        series.push(own);
        origin.push(at - ahead);
        step.push(ahead);
      }
    }
  return { series: Int32Array.from(series), origin: Int32Array.from(origin), step: Int32Array.from(step) };
}

/** Of a series without gaps; 1 where nothing changes. */
function deviation(x: Float64Array): number {
  let [mean, square] = [0, 0];
  for (const value of x) mean += value / x.length;
  for (const value of x) square += (value - mean) ** 2 / x.length;
  return Math.sqrt(square) || 1;
}
