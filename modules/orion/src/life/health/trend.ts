import { quantileSorted } from '../../numerics/quantile.ts';

/** Where something is going, and when it will be at a limit. */
export interface Trend {
  /** Change a day (median of the slopes of all pairs: Sen, 1968), and its 95 % interval. */
  readonly perDay: number;
  readonly low: number;
  readonly high: number;
  /** Whether it rises or falls more steadily than chance would (Mann, 1945; Kendall, 1975), at 99 %. */
  readonly steady: boolean;
  /** Days until the limit, from the last point: earliest and latest by the interval of the slope. Null where it is not heading there. */
  readonly daysToLimit: { readonly estimate: number; readonly low: number; readonly high: number | null } | null;
}

const dayMs = 86_400_000;
const leastPoints = 6;

/** The trend of points in time; undefined of fewer than six. */
export function trendOf(times: Float64Array, values: Float64Array, limit: number): Trend | undefined {
  const count = values.length;
  if (count < leastPoints) return undefined;
  const slopes = new Float64Array((count * (count - 1)) / 2);
  let [at, rises] = [0, 0];
  for (let later = 1; later < count; later++)
    for (let earlier = 0; earlier < later; earlier++) {
      const rise = values[later]! - values[earlier]!;
      rises += Math.sign(rise);
      slopes[at++] = (rise * dayMs) / Math.max(1, times[later]! - times[earlier]!);
    }
  slopes.sort();
  const deviation = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const reach = (1.96 * deviation) / slopes.length / 2;
  const perDay = quantileSorted(slopes, 0.5);
  const [low, high] = [quantileSorted(slopes, 0.5 - reach), quantileSorted(slopes, 0.5 + reach)];
  const steady = Math.max(0, Math.abs(rises) - 1) / deviation > 2.576;
  const level = levelNow(times, values, perDay);
  return { perDay, low, high, steady, daysToLimit: steady ? daysTo(limit - level, perDay, low, high) : null };
}

/** The line's height at the last point: the median of what each point says of it. */
function levelNow(times: Float64Array, values: Float64Array, perDay: number): number {
  const last = times.at(-1)!;
  return quantileSorted(values.map((value, at) => value + (perDay * (last - times[at]!)) / dayMs).sort(), 0.5);
}

function daysTo(way: number, perDay: number, low: number, high: number): Trend['daysToLimit'] {
  if (way <= 0 !== perDay <= 0) return null;
  const [fast, slow] = way > 0 ? [high, low] : [low, high];
  const reaches = (slope: number) => (slope * way > 0 ? way / slope : null);
  return { estimate: way / perDay, low: reaches(fast) ?? way / perDay, high: reaches(slow) };
}
