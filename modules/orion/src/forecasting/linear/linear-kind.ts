import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State, Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { fillGaps } from '../fill-gaps.ts';
import { checkFit } from '../kinds/check-fit.ts';
import { effectAt, knownEffects } from '../known-effect.ts';
import { forecastNotes } from '../notes.ts';
import type { ForecastData, Forecaster, ForecastKind, SeriesSet } from '../types.ts';
import { type Prior, priorWeights } from './prior-weights.ts';
import { squaredErrors } from './solve-weights.ts';
import { addWindows, emptyMoments, type Level, levelMoments, type WindowMoments } from './window-moments.ts';

const settingsSchema = z.strictObject({
  /** Values that are looked back at; `auto` chooses by forecasts of the last quarter of what is learnt from. */
  lookback: z.union([z.literal('auto'), z.number().int().min(1).max(2000)]).default('auto'),
  /** Ridge, in parts of the mean square of a value; `auto` chooses likewise. */
  strength: z.union([z.literal('auto'), z.number().min(0).max(1e6)]).default('auto'),
  /** One set of weights for all series, or one each; `auto` chooses likewise. */
  shared: z.union([z.literal('auto'), z.boolean()]).default('auto'),
});
type Settings = z.output<typeof settingsSchema>;

interface LinearMethod {
  readonly name: string;
  readonly summary: string;
  readonly level: Level;
  readonly prior: Prior;
  readonly strengths: readonly number[];
}

interface Choice {
  readonly lookback: number;
  readonly strength: number;
  readonly shared: boolean;
}

const mostLookback = 768;
/** Series that the choice of look-back and strength is made with. */
const mostChoosing = 24;
const validationShare = 0.25;

/** A linear direct forecast of all horizons from the last values: one closed-form solution, no iteration. */
export function linearKind(method: LinearMethod): ForecastKind {
  const { name, summary, level } = method;
  return {
    ...{ name, summary, settings: settingsSchema },
    async fit(data, given, _seed, work) {
      const settings = settingsOf({ name, settings: settingsSchema }, given);
      work.signal.throwIfAborted();
      const { series, horizon, seasons } = data;
      checkFit(name, series, 4);
      const season = seasons.at(-1) ?? 0;
      const effects = series.values.map((values) => knownEffects(values, series.known, season));
      const scaled = series.values.map((values, index) => {
        const filled = fillGaps(values, season);
        subtractEffects(filled, series, effects[index]!, 0);
        return scale(filled);
      });
      const choice = await choose(
        method,
        settings,
        scaled.map(({ x }) => x),
        data,
        work,
      );
      const { lookback, strength, shared } = choice;
      const windows = series.length - lookback - horizon + 1;
      const weights = await learn(
        method,
        scaled.map(({ x }) => x),
        { ...choice, from: 0, to: windows, horizon, seasons },
        work,
      );
      return open(level, {
        ...{ horizon, lookback, strength, shared, season, weights },
        center: Float64Array.from(scaled, ({ center }) => center),
        effects,
      });
    },
    open: (state) => open(level, state as unknown as LinearState),
    candidates: () => [{}],
  };
}

interface LinearState extends State {
  readonly horizon: number;
  readonly lookback: number;
  readonly strength: number;
  readonly shared: boolean;
  readonly season: number;
  /** One for all series, or one each: `lookback` rows of `horizon`. */
  readonly weights: readonly Float64Array[];
  /** Means of the series; what is subtracted where a method takes no level off its windows. */
  readonly center: Float64Array;
  readonly effects: readonly Float64Array[];
}

function open(level: Level, state: LinearState): Forecaster {
  const { horizon, lookback, weights, shared, season } = state;
  return {
    horizon,
    state: () => state,
    async forecast(history) {
      return history.values.map((values, index) => {
        const from = Math.max(0, history.length - lookback - 2 * season);
        const filled = fillGaps(values.subarray(from), season);
        const effects = state.effects[index] ?? new Float64Array(0);
        subtractEffects(filled, history, effects, from);
        const window = lastOf(filled, lookback);
        const base = levelOf(level, window, state.center[index]!);
        const mean = new Float64Array(horizon).fill(base);
        const own = weights[shared ? 0 : index]!;
        for (let i = 0; i < lookback; i++) {
          const value = window[i]! - base;
          if (value === 0) continue;
          for (let j = 0; j < horizon; j++) mean[j]! += value * own[i * horizon + j]!;
        }
        for (let j = 0; j < horizon; j++) mean[j]! += effectAt(history.known, effects, history.length + j);
        return mean;
      });
    },
  };
}

function levelOf(level: Level, window: Float64Array, center: number): number {
  if (level === 'last') return window.at(-1)!;
  if (level === 'none') return center;
  let sum = 0;
  for (const value of window) sum += value;
  return sum / window.length;
}

/** The last `count` values; the first one repeated where there are fewer. */
function lastOf(values: Float64Array, count: number): Float64Array {
  if (values.length >= count) return values.subarray(values.length - count);
  const padded = new Float64Array(count).fill(values[0]!);
  padded.set(values, count - values.length);
  return padded;
}

function subtractEffects(filled: Float64Array, set: SeriesSet, effects: Float64Array, from: number): void {
  if (effects.length === 0) return;
  for (let t = 0; t < filled.length; t++) filled[t]! -= effectAt(set.known, effects, from + t);
}

function scale(x: Float64Array): { x: Float64Array; center: number } {
  let [mean, square] = [0, 0];
  for (const value of x) mean += value / x.length;
  for (const value of x) square += (value - mean) ** 2 / x.length;
  const deviation = Math.sqrt(square) || 1;
  return { x: x.map((value) => (value - mean) / deviation), center: mean };
}

/** Look-back, strength and sharing: as told, or what forecasts the last quarter of the windows best from the ones before. */
async function choose(
  method: LinearMethod,
  settings: Settings,
  scaled: readonly Float64Array[],
  { series, horizon, seasons }: ForecastData,
  work: Work,
): Promise<Choice> {
  const lookbacks = lookbacksFor(settings, series.length, horizon, seasons);
  if (lookbacks.length === 0) {
    const least = horizon + (settings.lookback === 'auto' ? 4 : settings.lookback + 1);
    const reason = forecastNotes['too-short']({ count: series.length, least });
    throw orionErrors.ORION_DATA_UNFIT({ learner: method.name, reason });
  }
  const strengths = settings.strength === 'auto' ? method.strengths : [settings.strength];
  const many = scaled.length > mostChoosing;
  const sharings =
    settings.shared !== 'auto' ? [settings.shared] : scaled.length === 1 || many ? [true] : [true, false];
  const [lookback, strength, shared] = [lookbacks[0]!, strengths[0]!, sharings[0]!];
  if (lookbacks.length * strengths.length * sharings.length === 1) return { lookback, strength, shared };
  const every = Math.ceil(scaled.length / mostChoosing);
  const looked = scaled.filter((_, index) => index % every === 0);
  // The same values are forecast whatever the look-back.
  const cut = Math.floor(series.length * (1 - validationShare));
  let best: (Choice & { error: number }) | undefined;
  let done = 0;
  for (const lookback of lookbacks) {
    const learnt = await momentsOf(method, looked, lookback, horizon, 0, cut - lookback - horizon + 1, work);
    const tested = await momentsOf(
      method,
      looked,
      lookback,
      horizon,
      cut - lookback,
      series.length - lookback - horizon + 1,
      work,
    );
    for (const shared of sharings) {
      const from = shared ? [sumOf(learnt)] : learnt;
      const onto = shared ? [sumOf(tested)] : tested;
      for (const strength of strengths) {
        await breathe(work, ++done / (lookbacks.length * sharings.length * strengths.length));
        let error = 0;
        for (const [at, moments] of from.entries()) {
          const weights = priorWeights(moments, strength, method.prior, seasons[0]);
          for (const one of weights ? squaredErrors(onto[at]!, weights) : onto[at]!.squares) error += one;
        }
        if (best === undefined || error < best.error) best = { lookback, strength, shared, error };
      }
    }
  }
  return best!;
}

/** Look-backs that leave at least as many windows as a third of what they look at, also in the first three quarters. */
function lookbacksFor(settings: Settings, length: number, horizon: number, seasons: readonly number[]): number[] {
  if (settings.lookback !== 'auto') return length - settings.lookback - horizon + 1 >= 1 ? [settings.lookback] : [];
  const short = seasons[0] ?? 4;
  const long = seasons.at(-1) ?? 4;
  const wanted = [short, 2 * short, 7 * short, 14 * short, 30 * short, 2 * long].sort((a, b) => a - b);
  const learnt = Math.floor(length * (1 - validationShare));
  const fitting = [...new Set(wanted)].filter(
    (lookback) =>
      lookback <= mostLookback &&
      lookback >= Math.min(short, 4) &&
      learnt - lookback - horizon >= Math.max(8, lookback / 3),
  );
  // Few are enough: the shortest says little more than the next.
  if (fitting.length > 0) return fitting.slice(-3);
  const small = Math.floor((length - horizon) / 2);
  return small >= 2 ? [small] : [];
}

async function momentsOf(
  method: LinearMethod,
  looked: readonly Float64Array[],
  lookback: number,
  horizon: number,
  from: number,
  to: number,
  work: Work,
): Promise<WindowMoments[]> {
  const all: WindowMoments[] = [];
  for (const x of looked) {
    await breathe(work);
    const moments = emptyMoments(lookback, horizon);
    addWindows(moments, x, from, to);
    all.push(levelMoments(moments, method.level));
  }
  return all;
}

function sumOf(all: readonly WindowMoments[]): WindowMoments {
  const [first] = all;
  const sum = emptyMoments(first!.lookback, first!.horizon);
  for (const { windows, products, squares } of all) {
    sum.windows += windows;
    for (let at = 0; at < products.length; at++) sum.products[at]! += products[at]!;
    for (let at = 0; at < squares.length; at++) sum.squares[at]! += squares[at]!;
  }
  return sum;
}

interface LearnTask extends Choice {
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
  readonly seasons: readonly number[];
}

async function learn(
  method: LinearMethod,
  scaled: readonly Float64Array[],
  task: LearnTask,
  work: Work,
): Promise<Float64Array[]> {
  const { lookback, horizon, strength, from, to } = task;
  const weights: Float64Array[] = [];
  const still = () => new Float64Array(lookback * horizon);
  const common = emptyMoments(lookback, horizon);
  for (const [index, x] of scaled.entries()) {
    await breathe(work, index / scaled.length);
    const moments = task.shared ? common : emptyMoments(lookback, horizon);
    addWindows(moments, x, from, to);
    if (!task.shared)
      weights.push(
        priorWeights(levelMoments(moments, method.level), strength, method.prior, task.seasons[0]) ?? still(),
      );
  }
  if (task.shared)
    weights.push(priorWeights(levelMoments(common, method.level), strength, method.prior, task.seasons[0]) ?? still());
  return weights;
}

/** Lets others have the event loop, and stops where it was called off. */
async function breathe(work: Work, fraction?: number): Promise<void> {
  await new Promise(setImmediate);
  work.signal.throwIfAborted();
  if (fraction !== undefined) work.progress(fraction);
}
