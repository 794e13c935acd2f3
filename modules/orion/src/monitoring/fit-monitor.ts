import { type KeptPromise, keepPromise, type NormalRunning, normalRunning } from '../anomalies/promise/promise.ts';
import { rowsOf, type SensorData, scoreRows } from '../anomalies/types.ts';
import { orionErrors } from '../errors.ts';
import type { State, Work } from '../learners/learner.ts';
import { learnerKind } from '../learners/registry.ts';
import { baselineOf, type ColumnBaseline } from '../model-health/drift.ts';

export interface FitRequest {
  readonly data: SensorData;
  /** Name of a detector. */
  readonly method: string;
  readonly perWeek: number;
  readonly mergeMs: number;
  readonly seed: number;
}

export interface FittedMonitor {
  readonly method: string;
  readonly detector: State;
  readonly running: NormalRunning;
  readonly kept: KeptPromise;
  readonly baseline: MonitorBaseline;
  readonly rows: number;
}

/** What inputs and held-out scores were like. */
export interface MonitorBaseline {
  readonly columns: readonly ColumnBaseline[];
  readonly scores: ColumnBaseline;
}

const parts = 5;
const fewestRows = 100;

/**
 * Learns normal running and what it promises. Each of five stretches of time is scored by a detector that learnt from the other four, so
 * that the threshold rests on the whole period and on nothing that was learnt from; the detector that is kept learnt from all.
 * Throws ORION_DATA_UNFIT.
 */
export async function fitMonitor(request: FitRequest, work: Work): Promise<FittedMonitor> {
  const { data, method, perWeek, mergeMs, seed } = request;
  if (data.rows < fewestRows)
    throw orionErrors.ORION_DATA_UNFIT({
      learner: method,
      reason: `the period has ${data.rows} rows, and ${fewestRows} are needed`,
    });
  const kind = await learnerKind('anomalies', method);
  const scores = new Float64Array(data.rows);
  let running: NormalRunning | undefined;
  for (let part = 0; part < parts; part++) {
    work.signal.throwIfAborted();
    const [from, to] = [Math.floor((part * data.rows) / parts), Math.floor(((part + 1) * data.rows) / parts)];
    const detector = await kind.fit(without(data, from, to), {}, seed, work);
    const scored = scoreRows(detector.start(), rowsOf(data, from, to)).scores;
    scores.set(scored, from);
    const held = normalRunning(data.time.subarray(from, to), scored, mergeMs);
    running = running
      ? { weeks: running.weeks + held.weeks, peaks: [...running.peaks, ...held.peaks].sort((a, b) => b - a) }
      : held;
    work.progress((part + 1) / (parts + 1));
  }
  const detector = await kind.fit(data, {}, seed, work);
  const width = data.names.length;
  const column = (sensor: number) =>
    Float64Array.from({ length: data.rows }, (_, row) => data.values[row * width + sensor]!);
  return {
    ...{ method, detector: detector.state(), running: running!, kept: keepPromise(running!, { perWeek }) },
    baseline: {
      columns: data.names.map((name, sensor) => baselineOf(name, column(sensor))),
      scores: baselineOf('score', scores),
    },
    rows: data.rows,
  };
}

function without(data: SensorData, from: number, to: number): SensorData {
  const width = data.names.length;
  const values = new Float64Array((data.rows - (to - from)) * width);
  values.set(data.values.subarray(0, from * width));
  values.set(data.values.subarray(to * width), from * width);
  const time = new Float64Array(data.rows - (to - from));
  time.set(data.time.subarray(0, from));
  time.set(data.time.subarray(to), from);
  return { names: data.names, rows: time.length, values, time };
}
