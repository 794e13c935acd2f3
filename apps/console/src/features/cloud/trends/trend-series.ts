import type { Trend } from '../../../api/types.ts';

export type Sample = [time: number, value: number | null];

export interface TrendSeries {
  readonly mean: Sample[];
  readonly minimum: Sample[];
  /** Height of the band over the minimum, as stacked areas want it. */
  readonly spread: Sample[];
}

/** A trend as lines that break where more than `gapMs` lies between two samples: a straight line there would be invented. */
export function seriesOf(trend: Trend, gapMs: number): TrendSeries {
  const series: TrendSeries = { mean: [], minimum: [], spread: [] };
  trend.time.forEach((time, index) => {
    const before = trend.time[index - 1];
    if (before !== undefined && time - before > gapMs)
      for (const line of [series.mean, series.minimum, series.spread]) line.push([before + 1, null]);
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

export interface TrendSummary {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  /** Over all readings, not over the buckets. */
  readonly mean: number | undefined;
  readonly count: number;
}

export function summaryOf({ time, minimum, maximum, mean, count }: Trend): TrendSummary {
  const total = count.reduce((sum, each) => sum + each, 0);
  if (time.length === 0) return { minimum: undefined, maximum: undefined, mean: undefined, count: 0 };
  return {
    minimum: minimum.reduce((least, each) => Math.min(least, each)),
    maximum: maximum.reduce((most, each) => Math.max(most, each)),
    mean: mean.reduce((sum, each, index) => sum + each * count[index]!, 0) / (total || 1),
    count: total,
  };
}

/** One line a time, with least, mean and greatest of every point. */
export function trendRows(trends: readonly Trend[]): (string | number | null)[][] {
  const at = new Map<number, (number | null)[]>();
  trends.forEach((trend, place) => {
    trend.time.forEach((time, index) => {
      const row = at.get(time) ?? new Array<number | null>(trends.length * 3).fill(null);
      row.splice(place * 3, 3, trend.minimum[index]!, trend.mean[index]!, trend.maximum[index]!);
      at.set(time, row);
    });
  });
  return [...at].sort(([a], [b]) => a - b).map(([time, row]) => [new Date(time).toISOString(), ...row]);
}
