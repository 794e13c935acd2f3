import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';

/** Readings of one point, as the measurement store hands them out. */
export interface Series {
  /** Milliseconds since 1970 UTC, strictly ascending. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** 0 good, 1 uncertain, 2 bad, 3 substituted; left out, every reading is good. Anything above 3 counts as bad. */
  readonly quality?: Int16Array;
}

/** What the readings mean. */
export interface PointFacts {
  /** `gauge` momentary power or flow, `delta` amount in an interval, `counter` ever-rising register. */
  readonly kind: 'gauge' | 'delta' | 'counter';
  /** Of a delta: whether its time is the start or the end of its interval. Default `end`. Others have no use for it. */
  readonly stamp?: 'start' | 'end';
  /** Nominal distance of readings in seconds; left out, the most frequent distance is taken. */
  readonly intervalSeconds?: number;
  /** UCUM code of `value`: `kW.h`, `kW`, `m3`, `m3/h`, ... */
  readonly unit: string;
  /**
   * Of a counter: the greatest value its register can show (99999.9, 65535). One step of its last digit further it
   * reads zero. A power of ten or of two is taken as the modulus itself, as many write 100000 for 99999.9.
   */
  readonly registerMaximum?: number;
  /** Of a counter: more than this per hour, in `unit`, is no consumption but an exchanged meter. Left out, no limit. */
  readonly maximumPerHour?: number;
}

/** Multiplies a value into another unit; must throw for units that do not convert. The cloud module's does. */
export type UnitConverter = (value: number, fromUnit: string, toUnit: string) => number;

export interface QualityCounts {
  /** Readings in the period, whatever their quality. */
  readonly total: number;
  readonly good: number;
  readonly uncertain: number;
  /** Left out of the analysis. */
  readonly bad: number;
  /** Used, and their part shown apart. */
  readonly substituted: number;
}

/** Throws ENERGY_SERIES_INVALID when lengths differ or times are not strictly ascending. */
export function checkSeries({ time, value, quality }: Series): void {
  if (time.length !== value.length || (quality && quality.length !== time.length))
    throw energyErrors.ENERGY_SERIES_INVALID({ reason: energyReasons['series-lengths']() });
  for (let index = 0; index < time.length; index++) {
    if (!Number.isFinite(time[index]))
      throw energyErrors.ENERGY_SERIES_INVALID({ reason: energyReasons['series-time']({ index }) });
    if (index > 0 && time[index]! <= time[index - 1]!) {
      const at = new Date(time[index]!).toISOString();
      throw energyErrors.ENERGY_SERIES_INVALID({ reason: energyReasons['series-order']({ time: { time: at } }) });
    }
  }
}

export interface UsableSeries {
  readonly time: Float64Array;
  readonly value: Float64Array;
  /** 1 where the value was substituted. */
  readonly substituted: Uint8Array;
  readonly counts: QualityCounts;
}

/**
 * The readings worth calculating with: without bad and non-finite ones. Counts only what lies in the period: stamps in
 * (from, to] when they mark the end of something, in [from, to) when they mark a start.
 */
export function usableReadings(series: Series, from: number, to: number, stampedAtEnd: boolean): UsableSeries {
  checkSeries(series);
  const { time, value, quality } = series;
  const keptTime = new Float64Array(time.length);
  const keptValue = new Float64Array(time.length);
  const substitutedFlags = new Uint8Array(time.length);
  let kept = 0;
  let [total, good, uncertain, bad, substituted] = [0, 0, 0, 0, 0];
  for (let index = 0; index < time.length; index++) {
    const at = time[index]!;
    const code = quality ? quality[index]! : 0;
    const usable = Number.isFinite(value[index]) && (code === 0 || code === 1 || code === 3);
    if (stampedAtEnd ? at > from && at <= to : at >= from && at < to) {
      total++;
      if (!usable) bad++;
      else if (code === 0) good++;
      else if (code === 1) uncertain++;
      else substituted++;
    }
    if (!usable) continue;
    keptTime[kept] = at;
    keptValue[kept] = value[index]!;
    substitutedFlags[kept] = code === 3 ? 1 : 0;
    kept++;
  }
  return {
    time: keptTime.subarray(0, kept),
    value: keptValue.subarray(0, kept),
    substituted: substitutedFlags.subarray(0, kept),
    counts: { total, good, uncertain, bad, substituted },
  };
}

/** Most frequent distance between readings in milliseconds (the shorter of two equally frequent), and how many are such. */
function mostFrequentDistance(time: Float64Array): { distance: number; count: number } {
  const counts = new Map<number, number>();
  for (let index = 1; index < time.length; index++) {
    // Whole seconds: polled meters jitter by milliseconds, and no meter records faster.
    const distance = Math.max(1000, Math.round((time[index]! - time[index - 1]!) / 1000) * 1000);
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  let best = { distance: Number.NaN, count: 0 };
  for (const [distance, count] of counts)
    if (count > best.count || (count === best.count && distance < best.distance)) best = { distance, count };
  return best;
}

/** Most frequent distance between readings in milliseconds; NaN below two readings. */
export function nominalInterval(time: Float64Array): number {
  return mostFrequentDistance(time).distance;
}

/** The distance that more than half of the readings keep, or else the nominal one: a point may deliver faster than declared. */
export function usualInterval(time: Float64Array, nominal: number): number {
  const { distance, count } = mostFrequentDistance(time);
  return count > (time.length - 1) / 2 ? distance : nominal;
}

/**
 * Distance that readings kept at the end of the span between two neighbours: the nominal one or, where they come further
 * apart, the lesser of this span and the one beyond it. A hole stands alone, a slower rhythm repeats itself; so a meter
 * whose history is by the quarter hour and that now delivers every ten seconds is covered in both. Cloud's rollups keep
 * the same rule (modules/cloud/src/measurements/covered-time.ts).
 * `index` is the later reading of the span; `forward` looks beyond it instead of before it, for start-stamped amounts.
 */
export function rhythmAt(time: Float64Array, index: number, nominal: number, forward = false): number {
  const distance = time[index]! - time[index - 1]!;
  const before = time[index - 1]! - time[index - 2]!;
  const after = time[index + 1]! - time[index]!;
  const beyond = Number.isNaN(forward ? after : before) ? (forward ? before : after) : forward ? after : before;
  if (Number.isNaN(beyond)) return nominal;
  return Math.max(nominal, Math.min(distance, beyond));
}

/** How many readings the rhythm lets expect in the period: those that are there and those missing between them. */
export function expectedReadings(
  time: Float64Array,
  { from, to, nominal, stampedAtEnd }: { from: number; to: number; nominal: number; stampedAtEnd: boolean },
): number {
  const inside = (at: number) => (stampedAtEnd ? at > from && at <= to : at >= from && at < to);
  let expected = 0;
  let first = -1;
  let last = -1;
  for (let index = 0; index < time.length; index++) {
    if (!inside(time[index]!)) continue;
    if (first < 0) first = index;
    last = index;
    expected++;
    if (index > first) expected += missing(time[index]! - time[index - 1]!, rhythmAt(time, index, nominal));
  }
  if (first < 0) return Math.round((to - from) / nominal);
  const rhythm = (index: number) => (time.length > 1 ? rhythmAt(time, Math.max(1, index), nominal) : nominal);
  const [lead, trail] = [(time[first]! - from) / rhythm(first + 1), (to - time[last]!) / rhythm(last)];
  // A tenth of an interval is jitter. A stamp on the period's open edge is not expected in it.
  const before = stampedAtEnd ? Math.ceil(lead - 0.1) - 1 : Math.floor(lead + 0.1);
  const after = stampedAtEnd ? Math.floor(trail + 0.1) : Math.ceil(trail - 0.1) - 1;
  return expected + Math.max(0, before) + Math.max(0, after);
}

const missing = (span: number, rhythm: number) => Math.max(0, Math.round(span / rhythm) - 1);
