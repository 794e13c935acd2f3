import type { Fitted, LearnerKind, State } from '../learners/learner.ts';

/** Readings of sensors that were taken together. */
export interface SensorData {
  readonly names: readonly string[];
  readonly rows: number;
  /** Row by row: `values[row * names.length + sensor]`. NaN where nothing is known. */
  readonly values: Float64Array;
  /** Milliseconds since 1970 of each row, ascending. */
  readonly time: Float64Array;
}

/**
 * What was learnt of normal running. It scores one row after another in bounded memory; a whole file is scored by the same
 * steps (`scoreRows`), so that what a bench measures is what a server does.
 */
export interface Detector extends Fitted {
  readonly sensors: readonly string[];
  /** A scorer as learning left it, or as `Scorer.state` did. Scorers of one detector do not disturb each other. */
  start(state?: State): Scorer;
}

export interface Scorer {
  /**
   * Scores the next row. Higher is stranger; never NaN: 0 where nothing is known. A detector of normal running gives 1 about
   * where its training ended, an on-line one a likelihood from 0 to 1.
   * @param row one value a sensor, NaN where nothing is known; read only during the call
   * @param blame filled with each sensor's share of the score, adding up to 1, or to 0 where the score is 0
   */
  push(time: number, row: Float64Array, blame: Float64Array): number;
  /** All it remembers, so that a restart continues. */
  state(): State;
}

export interface DetectorKind extends LearnerKind<SensorData, Detector> {
  /** Takes one sensor alone. */
  readonly single?: true;
  /** Score that raises an alarm where nothing was promised; 1 when absent. */
  readonly usualThreshold?: number;
}

export interface Scored {
  readonly scores: Float64Array;
  /** Row by row, as `SensorData.values`. */
  readonly blame: Float64Array;
}

/** Scores rows that follow each other. */
export function scoreRows(scorer: Scorer, data: SensorData): Scored {
  const width = data.names.length;
  const scores = new Float64Array(data.rows);
  const blame = new Float64Array(data.rows * width);
  for (let row = 0; row < data.rows; row++)
    scores[row] = scorer.push(
      data.time[row]!,
      data.values.subarray(row * width, (row + 1) * width),
      blame.subarray(row * width, (row + 1) * width),
    );
  return { scores, blame };
}

/** Rows `from` to before `to`, without a copy. */
export function rowsOf(data: SensorData, from: number, to: number): SensorData {
  const width = data.names.length;
  return {
    names: data.names,
    rows: to - from,
    values: data.values.subarray(from * width, to * width),
    time: data.time.subarray(from, to),
  };
}
