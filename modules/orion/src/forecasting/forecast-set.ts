import type { Note, Reason } from '@millwright/kernel';
import { orionErrors } from '../errors.ts';
import type { Work } from '../learners/learner.ts';
import { learnerKind, learnerNames } from '../learners/registry.ts';
import { type Backtest, planOrigins, runBacktest } from './backtest.ts';
import { errorsOf, type ForecastErrors, seasonalScale } from './errors-of-forecasts.ts';
import { forecastNotes } from './notes.ts';
import { type Coverage, coverageOf, quantileOffsets } from './quantiles.ts';
import { findSeasons } from './season.ts';
import type { SeriesSet } from './types.ts';

export interface ForecastOptions {
  readonly horizon: number;
  /** A kind's name, or `auto`: what forecast the past best. */
  readonly method: string;
  /** Settings of that kind; none with `auto`. */
  readonly settings?: unknown;
  /** Steps after which the series repeat; found when absent. */
  readonly seasons?: readonly number[];
  /** Between 0 and 1, rising. */
  readonly quantiles: readonly number[];
  readonly seed: number;
}

export interface Tried {
  readonly method: string;
  /** Mean over the series of the MASE of the forecasts that the choice was made by; null where it cannot be said. */
  readonly mase: number | null;
  /** By how much that is below the yardstick's, as a share of it; below 0 where it is worse. */
  readonly better: number | null;
}

export interface SeriesBacktest extends ForecastErrors {
  /** Forecasts that it was measured by; others chose the method. */
  readonly origins: number;
  readonly yardstick: ForecastErrors & { readonly method: string };
  /** By how much its MAE is below the yardstick's, as a share of it. */
  readonly better: number | null;
  readonly coverage: readonly Coverage[];
}

export interface SeriesForecast {
  readonly series: string;
  readonly method: string;
  readonly mean: Float64Array;
  readonly quantiles: readonly Float64Array[];
  /** Null where there was too little to forecast a part of it from the rest. */
  readonly backtest: SeriesBacktest | null;
  /** By how much the past was above its forecasts, step by step and origin by origin; as many of each series, 0 where there is a gap. */
  readonly errors: Float64Array;
}

export interface SetForecast {
  readonly seasons: readonly number[];
  readonly forecasts: readonly SeriesForecast[];
  readonly tried: readonly Tried[];
  readonly notes: readonly Note[];
}

export const yardstickName = 'seasonal-naive';
const yardsticks = ['seasonal-naive', 'naive', 'drift'];
/** Of more series than this, only what learns from all at once is tried. */
const mostSingly = 12;
/** What is tried for few series, and for many. */
const singly = ['ets', 'mstl', 'ridge', 'seasonal-ridge', 'dlinear', 'gradient-boosting'];
const together = ['ridge', 'seasonal-ridge'];

/**
 * Forecasts every series of the set, and says what was tried, how well it forecast the past, and by how much it beat the yardstick. The earlier half of the
 * origins chooses the method of each series, the later half measures it. Throws ORION_LEARNER_UNKNOWN, ORION_DATA_UNFIT.
 */
export async function forecastSet(set: SeriesSet, options: ForecastOptions, work: Work): Promise<SetForecast> {
  const notes: Note[] = [];
  const { horizon, quantiles, seed } = options;
  const seasons = options.seasons ?? findSeasons(set);
  if (seasons.length === 0) notes.push(forecastNotes['no-season']());
  const names = methodsFor(set, options.method, seasons);
  const origins = planOrigins(set.length, horizon, seasons, set.values.length > 100 ? 8 : undefined);
  const plan = { horizon, seasons, origins };
  const tests = new Map<string, Backtest>();
  for (const [at, name] of names.entries()) {
    const from = (0.8 * at) / names.length;
    const part = { ...work, progress: (share: number) => work.progress(from + (0.8 * share) / names.length, name) };
    const settings = name === options.method ? (options.settings ?? {}) : {};
    const kind = await learnerKind('forecasting', name);
    try {
      tests.set(name, await runBacktest({ kind, settings, seed }, set, plan, part));
    } catch (error) {
      if (!isUnfit(error) || name === options.method) throw error;
      notes.push(forecastNotes['method-failed']({ method: name, reason: reasonOf(error) }));
    }
  }
  if (origins.length === 0) notes.push(forecastNotes['no-backtest']({ count: set.length }));
  else if (origins.length < 4) notes.push(forecastNotes['few-origins']({ count: origins.length }));
  if (set.known.length > 0 && origins.length > 0)
    notes.push(forecastNotes['known-as-perfect']({ names: set.known.map(({ name }) => name) }));
  const choosing = origins.length < 4 ? origins.length : Math.ceil(origins.length / 2);
  const measuring = origins.length < 4 ? 0 : choosing;
  const scales = set.values.map((values) => seasonalScale(values, origins[0] ?? set.length, seasons.at(-1) ?? 1));
  const chosenErrors = new Map<string, ForecastErrors[]>();
  for (const [name, test] of tests)
    chosenErrors.set(
      name,
      set.names.map((_, series) => errorsOf(test, set, series, scales[series]!, 0, choosing)),
    );
  const members = new Map<string, readonly string[]>();
  if (options.method === 'auto' && origins.length > 0)
    for (const joined of combinations(chosenErrors)) {
      const name = joined.join(' + ');
      const test = meanOf(joined.map((one) => tests.get(one)!));
      members.set(name, joined);
      tests.set(name, test);
      chosenErrors.set(
        name,
        set.names.map((_, series) => errorsOf(test, set, series, scales[series]!, 0, choosing)),
      );
    }
  const methods = set.names.map((_, series) => bestOf(chosenErrors, series, options.method, origins.length > 0));
  const means = await forecastAll(set, methods, members, { ...options, seasons }, work);
  const later = origins.map((_, place) => place).slice(measuring);
  const forecasts = set.names.map((series, at): SeriesForecast => {
    const [method, mean] = [methods[at]!, means[at]!];
    const test = tests.get(method)!;
    if (origins.length === 0) {
      const offsets = spreadOffsets(set.values[at]!, horizon, quantiles);
      return {
        series,
        method,
        mean,
        quantiles: offsets.map((one) => sumOf(mean, one)),
        backtest: null,
        errors: new Float64Array(0),
      };
    }
    const all = origins.map((_, place) => place);
    const offsets = quantileOffsets(test, set, at, quantiles, all);
    const earlier = quantileOffsets(test, set, at, quantiles, all.slice(0, choosing));
    const errors = errorsOf(test, set, at, scales[at]!, measuring);
    const yardstick = errorsOf(tests.get(yardstickName)!, set, at, scales[at]!, measuring);
    return {
      ...{ series, method, mean, errors: pastErrors(test, set, at) },
      quantiles: rising(offsets.map((one) => sumOf(mean, one))),
      backtest: {
        ...{ ...errors, origins: later.length, yardstick: { method: yardstickName, ...yardstick } },
        better: shareBelow(errors.mae, yardstick.mae),
        coverage: coverageOf(test, set, at, quantiles, earlier, later),
      },
    };
  });
  return { seasons, forecasts, tried: triedOf(chosenErrors), notes };
}

function methodsFor(set: SeriesSet, method: string, seasons: readonly number[]): string[] {
  const known = learnerNames('forecasting');
  if (method !== 'auto' && !known.includes(method))
    throw orionErrors.ORION_LEARNER_UNKNOWN({ name: method, known: ['auto', ...known] });
  if (method !== 'auto') return [...new Set([...yardsticks, method])];
  const candidates = set.values.length > mostSingly ? together : singly;
  return [...yardsticks, ...candidates].filter(
    (name) => known.includes(name) && (name !== 'seasonal-ridge' || seasons.length > 0),
  );
}

function pastErrors({ plan, forecasts }: Backtest, set: SeriesSet, series: number): Float64Array {
  const errors = new Float64Array(plan.origins.length * plan.horizon);
  for (const [place, origin] of plan.origins.entries())
    for (let step = 0; step < plan.horizon; step++) {
      const error = set.values[series]![origin + step]! - forecasts[place]![series]![step]!;
      if (Number.isFinite(error)) errors[place * plan.horizon + step] = error;
    }
  return errors;
}

/** The method with the least absolute error; the yardstick where none was measured. */
function bestOf(
  errors: ReadonlyMap<string, ForecastErrors[]>,
  series: number,
  method: string,
  measured: boolean,
): string {
  if (method !== 'auto') return method;
  let best = yardstickName;
  if (measured)
    for (const [name, own] of errors) {
      const least = errors.get(best)?.[series]?.mae ?? Number.POSITIVE_INFINITY;
      if ((own[series]!.mae ?? Number.POSITIVE_INFINITY) < least) best = name;
    }
  return best;
}

/** The best two and the best three that learn something, by their mean over the series: means of forecasts often beat each of them (Bates and Granger 1969). */
function combinations(errors: ReadonlyMap<string, ForecastErrors[]>): readonly (readonly string[])[] {
  const learnt = [...errors.keys()].filter(
    (name) => !yardsticks.includes(name) && meanScaled(errors.get(name)!) !== null,
  );
  const ranked = learnt.sort((a, b) => meanScaled(errors.get(a)!)! - meanScaled(errors.get(b)!)!);
  return [2, 3].filter((count) => count <= ranked.length).map((count) => ranked.slice(0, count));
}

function meanOf(tests: readonly Backtest[]): Backtest {
  const [first] = tests;
  return {
    plan: first!.plan,
    forecasts: first!.forecasts.map((series, origin) =>
      series.map((_, at) => meanArray(tests.map(({ forecasts }) => forecasts[origin]![at]!))),
    ),
  };
}

const meanArray = (arrays: readonly Float64Array[]): Float64Array =>
  arrays[0]!.map((_, step) => arrays.reduce((sum, one) => sum + one[step]!, 0) / arrays.length);

/** Each method that was chosen, alone or in a mean, learns once more, from all that there is, and forecasts its series. */
async function forecastAll(
  set: SeriesSet,
  chosen: readonly string[],
  members: ReadonlyMap<string, readonly string[]>,
  { horizon, seasons, seed, method, settings }: ForecastOptions & { readonly seasons: readonly number[] },
  work: Work,
): Promise<Float64Array[]> {
  const membersOf = (name: string) => members.get(name) ?? [name];
  const made = new Map<string, Float64Array[]>();
  const names = [...new Set(chosen.flatMap(membersOf))];
  for (const [at, name] of names.entries()) {
    work.progress(0.8 + (0.2 * at) / names.length, name);
    const kind = await learnerKind('forecasting', name);
    const silent = { ...work, progress: () => undefined };
    const own = name === method ? (settings ?? {}) : {};
    const fitted = await kind.fit({ series: set, horizon, seasons }, own, seed, silent);
    made.set(name, await fitted.forecast(set, silent));
  }
  return chosen.map((name, series) => meanArray(membersOf(name).map((one) => made.get(one)![series]!)));
}

function triedOf(errors: ReadonlyMap<string, ForecastErrors[]>): Tried[] {
  const yardstick = meanScaled(errors.get(yardstickName) ?? []);
  return [...errors].map(([method, own]) => ({
    ...{ method, mase: meanScaled(own) },
    better: shareBelow(meanScaled(own), yardstick),
  }));
}

function meanScaled(errors: readonly ForecastErrors[]): number | null {
  const known = errors.flatMap(({ mase }) => (mase === null ? [] : [mase]));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

const shareBelow = (value: number | null, yardstick: number | null): number | null =>
  value === null || yardstick === null || yardstick === 0 ? null : 1 - value / yardstick;

const sumOf = (mean: Float64Array, offsets: Float64Array): Float64Array =>
  mean.map((value, step) => value + offsets[step]!);

/** Quantiles that crossed are put in order at each step. */
function rising(quantiles: Float64Array[]): Float64Array[] {
  for (let step = 0; step < (quantiles[0]?.length ?? 0); step++) {
    const sorted = Float64Array.from(quantiles, (one) => one[step]!).sort();
    for (const [at, one] of quantiles.entries()) one[step] = sorted[at]!;
  }
  return quantiles;
}

/** Without forecasts of the past: normal quantiles of a random walk with the deviation of the steps that were seen. */
function spreadOffsets(values: Float64Array, horizon: number, quantiles: readonly number[]): Float64Array[] {
  let [count, square, last] = [0, 0, Number.NaN];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (!Number.isNaN(last)) {
      count += 1;
      square += (value - last) ** 2;
    }
    last = value;
  }
  const deviation = count === 0 ? 0 : Math.sqrt(square / count);
  return quantiles.map((quantile) =>
    Float64Array.from({ length: horizon }, (_, step) => normalQuantile(quantile) * deviation * Math.sqrt(step + 1)),
  );
}

/** Quantile of the standard normal distribution to some 1e-4 (Hastings 1955; Abramowitz and Stegun 26.2.23). */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(tail));
  const size = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return share < 0.5 ? -size : size;
}

const isUnfit = (error: unknown): boolean => (error as { code?: string }).code === 'ORION_DATA_UNFIT';

const reasonOf = (error: unknown): Note | string => {
  const reason = (error as { details?: { reason?: Reason } }).details?.reason;
  return reason ?? (error as Error).message;
};
