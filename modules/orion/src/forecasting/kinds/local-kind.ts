import { z } from 'zod';
import type { Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { fillGaps } from '../fill-gaps.ts';
import type { ForecastData, Forecaster, ForecastKind, SeriesSet } from '../types.ts';
import { checkFit } from './check-fit.ts';

/** What a method that estimates each series anew at each forecast is told beside the series. */
export interface LocalTask {
  readonly horizon: number;
  readonly seasons: readonly number[];
  /** The set it belongs to, for times and known inputs; `offset` is where in it the series begins. */
  readonly set: SeriesSet;
  readonly offset: number;
}

export interface LocalMethod {
  readonly name: string;
  readonly summary: string;
  /** Values that it needs, from the seasons. */
  least(seasons: readonly number[]): number;
  /** Values that it looks at, the last ones; all when absent. */
  most?(seasons: readonly number[]): number;
  /** What must be loaded before. */
  prepare?(): Promise<void>;
  /** The next values after `values`, which have no gaps. */
  extend(values: Float64Array, task: LocalTask): Float64Array;
}

const settingsSchema = z.strictObject({});

/** A kind that learns nothing but the seasons beforehand: each forecast estimates each series from its own history. */
export function localKind(method: LocalMethod): ForecastKind {
  const open = (horizon: number, seasons: readonly number[]): Forecaster => ({
    horizon,
    state: () => ({ horizon, seasons: Int32Array.from(seasons) }),
    async forecast(history: SeriesSet, work: Work) {
      await method.prepare?.();
      const from = Math.max(0, history.length - (method.most?.(seasons) ?? history.length));
      return history.values.map((values, index) => {
        work.signal.throwIfAborted();
        work.progress(index / history.values.length);
        const kept = fillGaps(values.subarray(from), seasons.at(-1) ?? 0);
        return method.extend(kept, { horizon, seasons, set: history, offset: from });
      });
    },
  });
  return {
    ...{ name: method.name, summary: method.summary, settings: settingsSchema },
    async fit({ series, horizon, seasons }: ForecastData, settings, _seed, work) {
      settingsOf({ name: method.name, settings: settingsSchema }, settings);
      work.signal.throwIfAborted();
      checkFit(method.name, series, method.least(seasons));
      return open(horizon, seasons);
    },
    open: (state) => open(state.horizon as number, [...(state.seasons as Int32Array)]),
  };
}
