import type { Trend } from '../../../api/types.ts';

export type Sample = [time: number, value: number | null];

export interface TrendSeries {
  readonly mean: Sample[];
  readonly minimum: Sample[];
  /** Height of the band over the minimum, as stacked areas want it. */
  readonly spread: Sample[];
}

/** Whether nothing is known between a sample and the one before it. A slower rhythm, as of an earlier history, repeats itself; a hole stands alone. */
function isGap(time: readonly number[], index: number, gapMs: number): boolean {
  const distance = (at: number) => (time[at] ?? Number.NaN) - (time[at - 1] ?? Number.NaN);
  const own = distance(index);
  const repeats = own <= 2 * distance(index - 1) || own <= 2 * distance(index + 1);
  return own > gapMs && !repeats;
}

/** A trend as lines that break where more than `gapMs` lies between two samples: a straight line there would be invented. */
export function seriesOf(trend: Trend, gapMs: number): TrendSeries {
  const series: TrendSeries = { mean: [], minimum: [], spread: [] };
  trend.time.forEach((time, index) => {
    if (isGap(trend.time, index, gapMs))
      for (const line of [series.mean, series.minimum, series.spread]) line.push([trend.time[index - 1]! + 1, null]);
    series.mean.push([time, trend.mean[index]!]);
    series.minimum.push([time, trend.minimum[index]!]);
    series.spread.push([time, trend.maximum[index]! - trend.minimum[index]!]);
  });
  return series;
}

/** The longest distance that is still no gap: three buckets, or three intervals of the point. */
export function gapOf(trend: Trend, intervalSeconds: number | null): number {
  const seconds = trend.resolution === 'reading' ? (intervalSeconds ?? 3600) : trend.bucketSeconds;
  return seconds * 3000;
}

/** Values that were drawn though they are uncertain or were put in for one that was missing. */
export const doubtfulSamples = (trend: Trend): Sample[] =>
  trend.quality.flatMap((quality, index): Sample[] => (quality > 0 ? [[trend.time[index]!, trend.mean[index]!]] : []));

export interface TrendSummary {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Over all readings, not over the buckets. */
  readonly mean: number | undefined;
  readonly count: number;
  /** Places of the curve that are uncertain or substituted; undefined where hours or days are shown. */
  readonly doubtful: number | undefined;
  /** Readings of bad quality, left out. */
  readonly bad: number;
}

export function summaryOf(trend: Trend): TrendSummary {
  const { time, minimum, maximum, mean, count, bad } = trend;
  const total = count.reduce((sum, each) => sum + each, 0);
  const kept = trend.resolution === 'reading' || trend.resolution === 'bucket';
  const quality = { doubtful: kept ? doubtfulSamples(trend).length : undefined, bad };
  if (time.length === 0) return { minimum: undefined, maximum: undefined, mean: undefined, count: 0, ...quality };
  return {
    minimum: minimum.reduce((least, each) => Math.min(least, each)),
    maximum: maximum.reduce((most, each) => Math.max(most, each)),
    mean: mean.reduce((sum, each, index) => sum + each * count[index]!, 0) / (total || 1),
    count: total,
    ...quality,
  };
}

export interface TrendCell {
  readonly minimum: number;
  readonly mean: number;
  readonly maximum: number;
  readonly count: number;
  /** 0 also where hours or days are shown, which do not keep it. */
  readonly quality: number;
}

export interface TrendRow {
  readonly time: number;
  /** In the order of the trends; undefined where a point has nothing at that time. */
  readonly cells: readonly (TrendCell | undefined)[];
}

/** Every time that any of the trends has, the newest first. */
export function trendTable(trends: readonly Trend[]): TrendRow[] {
  const at = new Map<number, (TrendCell | undefined)[]>();
  trends.forEach((trend, place) => {
    trend.time.forEach((time, index) => {
      const cells = at.get(time) ?? new Array<TrendCell | undefined>(trends.length).fill(undefined);
      cells[place] = {
        minimum: trend.minimum[index]!,
        mean: trend.mean[index]!,
        maximum: trend.maximum[index]!,
        count: trend.count[index]!,
        quality: trend.quality[index] ?? 0,
      };
      at.set(time, cells);
    });
  });
  return [...at].sort(([a], [b]) => b - a).map(([time, cells]) => ({ time, cells }));
}

/** The same for a file, the oldest first, with least, mean, greatest and quality of every point. */
export const trendRows = (trends: readonly Trend[]): (string | number | null)[][] =>
  trendTable(trends)
    .reverse()
    .map(({ time, cells }) => [
      new Date(time).toISOString(),
      ...cells.flatMap((cell) =>
        cell ? [cell.minimum, cell.mean, cell.maximum, cell.quality] : [null, null, null, null],
      ),
    ]);
