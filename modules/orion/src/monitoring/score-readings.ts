import type { AlarmEvent } from '../anomalies/alarm-events.ts';
import type { Watch } from '../anomalies/watch.ts';
import type { SensorSeries } from './sensor-rows.ts';

export interface HourOfScores {
  readonly hour: number;
  rows: number;
  sum: number;
  highest: number;
}

export interface ScoredReadings {
  readonly hours: readonly HourOfScores[];
  readonly began: readonly AlarmEvent[];
  readonly ended: readonly AlarmEvent[];
  /** Of the newest row; undefined where no row was whole. */
  readonly score: number | undefined;
}

const hourMs = 3_600_000;
const bad = 2;

/**
 * Pushes readings of all sensors in the order of their times, sensors in their order where times are equal, so that whoever does it again
 * gets the same. `each` is called for every row that was scored, before the next reading is pushed.
 */
export function scoreReadings(
  watch: Watch,
  all: readonly SensorSeries[],
  each?: (time: number, score: number, blame: Float64Array) => void,
): ScoredReadings {
  const next = new Int32Array(all.length);
  const hours: HourOfScores[] = [];
  const began: AlarmEvent[] = [];
  const ended: AlarmEvent[] = [];
  let score: number | undefined;
  for (;;) {
    let sensor = -1;
    let time = Number.POSITIVE_INFINITY;
    for (let one = 0; one < all.length; one++) {
      const at = all[one]!.time[next[one]!];
      if (at !== undefined && at < time) [sensor, time] = [one, at];
    }
    if (sensor < 0) break;
    const index = next[sensor]!;
    next[sensor]!++;
    const { value, quality } = all[sensor]!;
    if (quality[index] === bad) continue;
    const row = watch.push(sensor, time, value[index]!);
    if (!row) continue;
    score = row.score;
    const hour = Math.floor(row.time / hourMs) * hourMs;
    const last = hours.at(-1);
    if (last?.hour === hour) {
      last.rows++;
      last.sum += row.score;
      last.highest = Math.max(last.highest, row.score);
    } else hours.push({ hour, rows: 1, sum: row.score, highest: row.score });
    if (row.began) began.push(row.began);
    if (row.ended) ended.push(row.ended);
    each?.(row.time, row.score, row.blame);
  }
  return { hours, began, ended, score };
}
