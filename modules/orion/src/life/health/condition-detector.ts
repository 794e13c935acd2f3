import { z } from 'zod';
import { principalComponents } from '../../anomalies/kinds/principal-components.ts';
import type { Detector, DetectorKind, Scorer, SensorData } from '../../anomalies/types.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { type Conditions, fitConditions, openConditions } from '../conditions.ts';
import { findStandstill, type Standstill, stands } from './standstill.ts';

const settingsSchema = z.strictObject({
  /** Sensors that say under which condition the machine runs (load, speed, product, weather), by name; left out, none. */
  conditions: z.array(z.string()).default([]),
  /** Share of the variance that the kept directions explain. */
  explained: z.number().min(0.1).max(0.999).default(0.9),
  /** Share of the rows learnt from that score at most 1. */
  limit: z.number().min(0.5).max(1).default(0.99),
});

/** A detector that also tells each sensor's own deviation from what it reads in the condition of the row, in its spreads. */
export interface ConditionDetector extends Detector {
  start(state?: State): Scorer;
  /** Writes a deviation for each sensor, NaN where it is not known, is a condition itself, or the row says nothing. */
  deviations(row: Float64Array, out: Float64Array): void;
}

export interface ConditionDetectorKind extends DetectorKind {
  fit(...given: Parameters<DetectorKind['fit']>): Promise<ConditionDetector>;
  open(state: State): ConditionDetector;
}

/**
 * How far sensors are from what they read in the same condition, together. A machine that stands still says nothing, nor does one
 * that runs under a condition outside of what was learnt: nobody knows what its sensors should read there.
 */
export const conditionDetector: ConditionDetectorKind = {
  name: 'conditions',
  summary:
    'Operating condition taken out of each sensor by regimes or regression, standstill left out, then principal components with T2 and Q (Jackson and Mudholkar 1979)',
  settings: settingsSchema,
  async fit(data, given, seed, work) {
    const { conditions: named, explained, limit } = settingsOf({ name: 'conditions', settings: settingsSchema }, given);
    work.signal.throwIfAborted();
    const width = data.names.length;
    const places = {
      conditions: placesOf(data, (name) => named.includes(name)),
      sensors: placesOf(data, (name) => !named.includes(name)),
    };
    const standstill = findStandstill(data);
    const running: number[] = [];
    for (let row = 0; row < data.rows; row++) if (!stands(standstill, data.values, row * width)) running.push(row);
    const take = (columns: Int32Array) => {
      const taken = new Float64Array(running.length * columns.length);
      for (const [at, row] of running.entries())
        for (let column = 0; column < columns.length; column++)
          taken[at * columns.length + column] = data.values[row * width + columns[column]!]!;
      return taken;
    };
    const conditions = fitConditions({
      ...{ rows: running.length, settingCount: places.conditions.length, sensorCount: places.sensors.length },
      ...{ settings: take(places.conditions), values: take(places.sensors) },
    });
    const ranges = rangesOf(take(places.conditions), places.conditions.length);
    const parts = { names: data.names, ...places, standstill, ranges, operating: conditions };
    const normalise = normaliser(parts);
    const own = conditions.kept.length;
    const values = new Float64Array(running.length * own);
    for (const [at, row] of running.entries())
      normalise(data.values.subarray(row * width, (row + 1) * width), values.subarray(at * own, (at + 1) * own));
    const inner = await principalComponents.fit(
      {
        ...{ names: Array.from(conditions.kept, (place) => data.names[places.sensors[place]!]!), rows: running.length },
        ...{ values, time: Float64Array.from(running, (row) => data.time[row]!) },
      },
      { explained, limit },
      seed,
      work,
    );
    return opened({ ...parts, inner });
  },
  open(state) {
    const { names, conditions, sensors, standstill, ranges, operating, inner } = state as unknown as Saved;
    return opened({
      ...{ names, conditions, sensors, standstill, ranges, operating: openConditions(operating) },
      inner: principalComponents.open(inner),
    });
  },
};

interface Places {
  readonly names: readonly string[];
  /** Places of the conditions, and of the other sensors, among all. */
  readonly conditions: Int32Array;
  readonly sensors: Int32Array;
  readonly standstill: readonly Standstill[];
  /** Lowest and highest of each condition that was learnt. */
  readonly ranges: Float64Array;
}
type Saved = Places & { readonly operating: State; readonly inner: State };

const placesOf = ({ names }: SensorData, wanted: (name: string) => boolean): Int32Array =>
  Int32Array.from([...names.keys()].filter((place) => wanted(names[place]!)));

/** So much beyond what was learnt, as a share of its range, is still as good as learnt. */
const beyondShare = 0.02;

function rangesOf(settings: Float64Array, width: number): Float64Array {
  const ranges = new Float64Array(2 * width);
  for (let place = 0; place < width; place++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = place; at < settings.length; at += width) {
      const value = settings[at]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    ranges[2 * place] = low;
    ranges[2 * place + 1] = high;
  }
  return ranges;
}

/** Writes the kept sensors of one row with the condition taken out. */
function normaliser({ conditions, sensors, ranges, operating }: Places & { readonly operating: Conditions }) {
  const [settings, values] = [new Float64Array(conditions.length), new Float64Array(sensors.length)];
  return (row: Float64Array, out: Float64Array): void => {
    for (let place = 0; place < conditions.length; place++) {
      const value = row[conditions[place]!]!;
      settings[place] = Math.max(ranges[2 * place]!, Math.min(ranges[2 * place + 1]!, value));
    }
    for (let place = 0; place < sensors.length; place++) values[place] = row[sensors[place]!]!;
    operating.normalise(settings, values, 0, out, 0);
  };
}

function opened(parts: Places & { readonly operating: Conditions; readonly inner: Detector }): ConditionDetector {
  const { names, conditions, sensors, standstill, ranges, operating, inner } = parts;
  const { kept } = operating;
  const saysNothing = (row: Float64Array): boolean => {
    if (stands(standstill, row, 0)) return true;
    for (let place = 0; place < conditions.length; place++) {
      const value = row[conditions[place]!]!;
      const beyond = beyondShare * (ranges[2 * place + 1]! - ranges[2 * place]!);
      if (value < ranges[2 * place]! - beyond || value > ranges[2 * place + 1]! + beyond) return true;
    }
    return false;
  };
  return {
    sensors: names,
    deviations(row, out) {
      const own = new Float64Array(kept.length);
      out.fill(Number.NaN);
      if (saysNothing(row)) return;
      normaliser(parts)(row, own);
      for (let place = 0; place < kept.length; place++) out[sensors[kept[place]!]!] = own[place]!;
    },
    start(state) {
      const normalise = normaliser(parts);
      const [own, ownBlame] = [new Float64Array(kept.length), new Float64Array(kept.length)];
      const scorer = inner.start(state);
      return {
        push(time, row, blame) {
          blame.fill(0);
          if (saysNothing(row)) return 0;
          normalise(row, own);
          const score = scorer.push(time, own, ownBlame);
          for (let place = 0; place < kept.length; place++) blame[sensors[kept[place]!]!] = ownBlame[place]!;
          return score;
        },
        state: () => scorer.state(),
      };
    },
    state: () => ({
      ...{ names, conditions, sensors, ranges, operating: operating.state(), inner: inner.state() },
      standstill: standstill.map((one) => ({ ...one })),
    }),
  };
}
