import type { Database } from '@millwright/db';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { Point, PointService } from '../points/service.ts';
import type { Series } from './measurement-repository.ts';
import { readingsCsv, readingsCsvHeader } from './readings-csv.ts';
import type { MeasurementStore } from './store.ts';
import { type Trend, trendSql } from './trend.ts';

export interface LatestValue {
  readonly pointId: string;
  readonly time: string;
  readonly value: number;
  readonly quality: number;
}

/** One bucket of one point in `totals`. */
export interface TotalBucket {
  /** Local start: `2026-03` for months, `2026-03-14` for days, an ISO time for hours. */
  readonly bucket: string;
  readonly count: number;
  /** Sum of the values, for deltas. */
  readonly total: number;
  /** What a register rose by, for counters. */
  readonly increase: number;
  /** Seconds that the readings speak for; more than the bucket has where a register was silent before. */
  readonly covered: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
}

/** Readings fetched at a time for an export: a page that waits behind them does not notice. */
const exportRows = 20_000;

/** Reading measurements back. */
export class MeasurementService {
  #db: Database;
  #store: MeasurementStore;
  #points: PointService;

  constructor(parts: { db: Database; store: MeasurementStore; points: PointService }) {
    this.#db = parts.db;
    this.#store = parts.store;
    this.#points = parts.points;
  }

  /** All readings with from <= time <= to (milliseconds since 1970), in order. */
  async series(actor: Actor, pointId: string, from: number, to: number): Promise<{ point: Point; series: Series }> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    return { point, series: await this.#store.repository.series(point.number, from, to) };
  }

  /**
   * The first `most` readings with from <= time <= to (milliseconds since 1970), in order, and how many there are in all.
   */
  async readings(
    actor: Actor,
    pointId: string,
    from: number,
    to: number,
    most: number,
  ): Promise<{ point: Point; series: Series; total: number }> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    const { repository } = this.#store;
    const series = await repository.series(point.number, from, to, most);
    const total = series.time.length < most ? series.time.length : await repository.count(point.number, from, to);
    return { point, series, total };
  }

  /** All readings of some points with from <= time <= to as CSV, one line each, point after point; in pieces, so that a year of seconds needs no memory. */
  async export(
    actor: Actor,
    pointIds: readonly string[],
    from: number,
    to: number,
  ): Promise<AsyncGenerator<string, void>> {
    requirePermission(actor, 'cloud.data.read');
    const points = await Promise.all(pointIds.map((id) => this.#points.point(actor, id)));
    for (const { siteId } of points) requirePermission(actor, 'cloud.data.read', siteId);
    return this.#csv(points, from, to);
  }

  async *#csv(points: readonly Point[], from: number, to: number): AsyncGenerator<string, void> {
    yield readingsCsvHeader;
    for (const point of points) {
      let after = Number.NEGATIVE_INFINITY;
      for (;;) {
        // The database counts in microseconds, a Date in milliseconds: what came before in the same one is left out.
        const start = Math.max(from, Math.floor(after));
        const page = await this.#store.repository.series(point.number, start, to, exportRows);
        const first = page.time.findIndex((time) => time > after);
        if (first < 0) break;
        yield readingsCsv(point, {
          time: page.time.subarray(first),
          value: page.value.subarray(first),
          quality: page.quality.subarray(first),
        });
        if (page.time.length < exportRows) break;
        after = page.time.at(-1)!;
      }
    }
  }

  /**
   * The period and one usable reading on either side of it, where there is one: what registers and momentary values need
   * to be counted up to the period's edges. Whole milliseconds, so that `series` of it takes the same readings again.
   */
  async windowAround(
    actor: Actor,
    pointId: string,
    from: number,
    to: number,
  ): Promise<{ point: Point; from: number; to: number }> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    const { before, after } = await this.#store.repository.neighbours(point.number, from, to);
    return { point, from: Math.floor(before ?? from), to: Math.ceil(after ?? to) };
  }

  /** About how many readings a period holds: those of the days it touches, without reading them. */
  async count(actor: Actor, pointId: string, from: number, to: number): Promise<number> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    return this.#store.repository.countOfDays(point.number, from, to);
  }

  async latest(actor: Actor, pointIds: readonly string[]): Promise<LatestValue[]> {
    requirePermission(actor, 'cloud.data.read');
    const rows = await this.#store.repository.latest(pointIds, actor.siteIds);
    return rows.map(({ pointId, time, value, quality }) => ({
      pointId,
      time: new Date(Math.round(time)).toISOString(),
      value,
      quality,
    }));
  }

  /** First and last reading of each point; points without readings are left out. */
  async extent(
    actor: Actor,
    pointIds: readonly string[],
  ): Promise<{ pointId: string; from: string; to: string; count: number }[]> {
    requirePermission(actor, 'cloud.data.read');
    const points = await this.#points.list(actor, { ids: pointIds });
    await this.#store.rollups.flush(points.map(({ number }) => number));
    const ids = new Map(points.map(({ number, id }) => [number, id]));
    const rows = await this.#store.repository.extent([...ids.keys()]);
    return rows.map(({ point, from, to, count }) => ({
      pointId: ids.get(point)!,
      from: from.toISOString(),
      to: to.toISOString(),
      count,
    }));
  }

  /** At most `most` (2,000) buckets of min, mean and max; single readings where there are few enough. */
  async trend(actor: Actor, pointId: string, from: number, to: number, most: number): Promise<Trend> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    await this.#store.rollups.flush([point.number]);
    return trendSql(this.#db, point, from, to, Math.min(most, 2_000));
  }

  /** Sums by local hour, day or month from the rollups; whole days of the site between the two times. */
  async totals(
    actor: Actor,
    pointIds: readonly string[],
    from: number,
    to: number,
    by: 'hour' | 'day' | 'month',
  ): Promise<{ pointId: string; buckets: TotalBucket[] }[]> {
    requirePermission(actor, 'cloud.data.read');
    const points = await this.#points.list(actor, { ids: pointIds });
    await this.#store.rollups.flush(points.map(({ number }) => number));
    const label = {
      hour: `to_char(r.bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
      day: `to_char(r.bucket at time zone z.timezone, 'YYYY-MM-DD')`,
      month: `to_char(r.bucket at time zone z.timezone, 'YYYY-MM')`,
    }[by];
    const { rows } = await this.#db.query<TotalBucket & { point: number }>(
      `select r.point, ${label} as bucket, sum(r.count) as count, sum(r.total) as total, sum(r.increase) as increase,
         sum(r.covered) as covered,
         min(r.minimum) as minimum, max(r.maximum) as maximum, sum(r.total) / sum(r.count) as mean
       from cloud_rollup r join unnest($1::int[], $2::text[]) z(point, timezone) on z.point = r.point
       where r.resolution = $3 and r.bucket >= $4 and r.bucket < $5 group by 1, 2 order by 1, 2`,
      [
        points.map(({ number }) => number),
        points.map(({ timezone }) => timezone),
        by === 'hour' ? 'h' : 'd',
        new Date(from),
        new Date(to),
      ],
    );
    const byPoint = new Map(points.map(({ number, id }) => [number, { pointId: id, buckets: [] as TotalBucket[] }]));
    for (const { point, ...bucket } of rows) byPoint.get(point)!.buckets.push(bucket);
    return [...byPoint.values()];
  }
}
