import { type Database, float8Array, int4Array, type Queryable, timestamptzArray } from '@millwright/db';
import { counterIncreaseSql } from './counter-increase.ts';
import { coveredTimeSql } from './covered-time.ts';
import type { Bucket } from './rollup-accumulator.ts';

/** A stretch of one point's readings whose rollups have to be computed again. */
export interface DirtyRange {
  readonly point: number;
  readonly from: number;
  readonly to: number;
}

/** Marks of point 0 and below stand for all points: stretches that live readings are summed for in memory. */
export const allPoints = 0;

/** Of one statement: a year of history at once holds hundreds of thousands, and a page would wait for them all. */
const mostBuckets = 4_000;

/** SQL of rollups. */
export class RollupRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async mark(on: Queryable, ranges: readonly DirtyRange[]): Promise<void> {
    if (ranges.length === 0) return;
    await on.query(
      'insert into cloud_rollup_pending (point, from_time, to_time) select * from unnest($1::int4[], $2::timestamptz[], $3::timestamptz[])',
      [
        int4Array(ranges.map(({ point }) => point)),
        timestamptzArray(ranges.map(({ from }) => from)),
        timestamptzArray(ranges.map(({ to }) => to)),
      ],
      'cloud-rollup-mark',
    );
  }

  /** Stretches of single points as one each; those of all points, whose marks count down from `allPoints`, one by one. */
  async pending(): Promise<DirtyRange[]> {
    const { rows } = await this.#db.query<{ point: number; from: Date; to: Date }>(
      'select point, min(from_time) as from, max(to_time) as to from cloud_rollup_pending group by point order by point',
    );
    return rows.map(({ point, from, to }) => ({ point, from: from.getTime(), to: to.getTime() }));
  }

  /** Removes the marks of these points and returns them: one may have come since the caller looked. */
  async takeMarks(on: Queryable, points: readonly number[]): Promise<DirtyRange[]> {
    const { rows } = await on.query<{ point: number; from: Date; to: Date }>(
      'delete from cloud_rollup_pending where point = any($1) returning point, from_time as from, to_time as to',
      [int4Array(points)],
    );
    return rows.map(({ point, from, to }) => ({ point, from: from.getTime(), to: to.getTime() }));
  }

  async clear(on: Queryable, points: readonly number[]): Promise<void> {
    await on.query('delete from cloud_rollup_pending where point = any($1)', [int4Array(points)]);
  }

  /** Adds summed buckets to what is stored. Bad readings alone make no rollup; they are added to one that is there. */
  async merge(on: Queryable, all: readonly Bucket[]): Promise<void> {
    const bad = all.filter(({ count }) => count === 0);
    if (bad.length > 0) {
      await on.query(
        `update cloud_rollup r set bad = r.bad + u.bad from unnest($1::text[], $2::int4[], $3::timestamptz[], $4::int4[]) u(resolution, point, bucket, bad)
         where r.resolution = u.resolution and r.point = u.point and r.bucket = u.bucket`,
        [
          bad.map(({ resolution }) => resolution),
          int4Array(bad.map(({ point }) => point)),
          timestamptzArray(bad.map(({ bucket }) => bucket)),
          int4Array(bad.map(({ bad }) => bad)),
        ],
      );
    }
    const buckets = all.filter(({ count }) => count > 0);
    for (let at = 0; at < buckets.length; at += mostBuckets)
      await this.#insert(on, buckets.slice(at, at + mostBuckets));
  }

  async #insert(on: Queryable, buckets: readonly Bucket[]): Promise<void> {
    await on.query(
      `insert into cloud_rollup as r (resolution, point, bucket, count, bad, total, increase, minimum, maximum, first_time, first_value, last_time, last_value, covered)
       select * from unnest($1::text[], $2::int4[], $3::timestamptz[], $4::int4[], $5::int4[], $6::float8[], $7::float8[], $8::float8[],
         $9::float8[], $10::timestamptz[], $11::float8[], $12::timestamptz[], $13::float8[], $14::float8[])
       on conflict (resolution, point, bucket) do update set
         count = r.count + excluded.count, bad = r.bad + excluded.bad, total = r.total + excluded.total,
         increase = r.increase + excluded.increase, covered = r.covered + excluded.covered,
         minimum = least(r.minimum, excluded.minimum), maximum = greatest(r.maximum, excluded.maximum),
         first_value = case when excluded.first_time < r.first_time then excluded.first_value else r.first_value end,
         first_time = least(r.first_time, excluded.first_time),
         last_value = case when excluded.last_time > r.last_time then excluded.last_value else r.last_value end,
         last_time = greatest(r.last_time, excluded.last_time)`,
      [
        buckets.map(({ resolution }) => resolution),
        int4Array(buckets.map(({ point }) => point)),
        timestamptzArray(buckets.map(({ bucket }) => bucket)),
        int4Array(buckets.map(({ count }) => count)),
        int4Array(buckets.map(({ bad }) => bad)),
        float8Array(buckets.map(({ total }) => total)),
        float8Array(buckets.map(({ increase }) => increase)),
        float8Array(buckets.map(({ minimum }) => minimum)),
        float8Array(buckets.map(({ maximum }) => maximum)),
        timestamptzArray(buckets.map(({ firstTime }) => firstTime)),
        float8Array(buckets.map(({ firstValue }) => firstValue)),
        timestamptzArray(buckets.map(({ lastTime }) => lastTime)),
        float8Array(buckets.map(({ lastValue }) => lastValue)),
        float8Array(buckets.map(({ covered }) => covered)),
      ],
      'cloud-rollup-merge',
    );
  }

  /**
   * Computes every hour and day that the ranges touch again: hours from the readings, days from their hours (from the
   * readings where the zone's days do not start with an hour). A range of `allPoints` stands for every point.
   */
  async recompute(on: Queryable, ranges: readonly DirtyRange[], wholeHours: (zone: string) => boolean): Promise<void> {
    const { rows } = await on.query<RangeFacts>(rangeFacts, [
      int4Array(ranges.map(({ point }) => point)),
      timestamptzArray(ranges.map(({ from }) => from)),
      timestamptzArray(ranges.map(({ to }) => to)),
    ]);
    const whole = new Map<string, boolean>();
    for (const { zone } of rows) if (!whole.has(zone)) whole.set(zone, wholeHours(zone));
    for (const [sql, wanted] of [
      [fromReadings('h'), () => true],
      [daysFromHours, (row: RangeFacts) => whole.get(row.zone)!],
      [fromReadings('d'), (row: RangeFacts) => !whole.get(row.zone)],
    ] as const) {
      const chosen = rows.filter(wanted);
      if (chosen.length === 0) continue;
      await on.query(sql, [
        int4Array(chosen.map(({ point }) => point)),
        timestamptzArray(chosen.map(({ from }) => from.getTime())),
        timestamptzArray(chosen.map(({ to }) => to.getTime())),
        chosen.map(({ closes }) => closes),
        chosen.map(({ register }) => register),
        chosen.map(({ zone }) => zone),
        chosen.map(({ kind }) => kind),
        float8Array(chosen.map(({ declared }) => declared)),
      ]);
    }
  }

  /** All points with readings in a stretch; for repair after a kill. */
  async pointsWithReadings(from: number, to: number): Promise<number[]> {
    const { rows } = await this.#db.query<{ number: number }>(
      `select p.number from cloud_point p where exists (
         select 1 from cloud_measurement m where m.point = p.number and m.time >= $1 and m.time <= $2)`,
      [new Date(from), new Date(to)],
    );
    return rows.map(({ number }) => number);
  }
}

interface RangeFacts {
  point: number;
  from: Date;
  to: Date;
  closes: boolean;
  kind: string;
  /** Interval between readings in microseconds, 0 where none is declared. */
  declared: number;
  register: number | null;
  zone: string;
}

/**
 * A reading changes what the next one brings (a register's rise, the time it speaks for) and the rhythm of the one after
 * that, so the range reaches to there. Times are widened to the millisecond.
 */
const rangeFacts = `select p.number as point, date_trunc('milliseconds', r.from_time) as from,
    date_trunc('milliseconds', coalesce((select max(n.time) from (select m.time from cloud_measurement m
      where m.point = p.number and m.time > r.to_time and m.quality <> 2 order by m.time limit 2) n), r.to_time))
      + interval '1 millisecond' as to,
    p.kind = 'counter' or (p.kind = 'delta' and p.stamp = 'end') as closes, p.kind,
    coalesce(p.interval_seconds, 0)::float8 * 1e6 as declared, p.register_maximum as register, site.timezone as zone
  from unnest($1::int4[], $2::timestamptz[], $3::timestamptz[]) r(point, from_time, to_time)
  join cloud_point p on p.number = r.point join cloud_source s on s.id = p.source_id join cloud_node site on site.id = s.site_id`;

/** The start of the bucket that a time belongs to; `shift` is a microsecond for readings that close their interval. */
const start = (resolution: 'h' | 'd', time: string): string =>
  resolution === 'h' ? `date_trunc('hour', ${time}, 'UTC')` : `date_trunc('day', ${time}, r.zone)`;

/** The ranges with the first and last bucket they touch, and where the last one ends: a day has at most 25 hours. */
const ranges = (resolution: 'h' | 'd'): string => `span as (
    select r.*, ${start(resolution, 'r.from_time - r.shift')} as start,
      ${resolution === 'h' ? `${start('h', 'r.to_time - r.shift')} + interval '1 hour'` : start('d', `${start('d', 'r.to_time - r.shift')} + interval '30 hours'`)} as finish
    from (select u.*, case when u.closes then interval '1 microsecond' else interval '0' end as shift
      from unnest($1::int4[], $2::timestamptz[], $3::timestamptz[], $4::boolean[], $5::float8[], $6::text[],
        $7::text[], $8::float8[]) u(point, from_time, to_time, closes, register, zone, kind, declared)) r)`;

const into = `insert into cloud_rollup (resolution, point, bucket, count, bad, total, increase, covered, minimum, maximum,
    first_time, first_value, last_time, last_value)`;
const replace = `on conflict (resolution, point, bucket) do update set
    count = excluded.count, bad = excluded.bad, total = excluded.total, increase = excluded.increase,
    covered = excluded.covered, minimum = excluded.minimum, maximum = excluded.maximum,
    first_time = excluded.first_time, first_value = excluded.first_value, last_time = excluded.last_time, last_value = excluded.last_value`;

/** Buckets from readings. Each usable reading brings the two before it, also from before the range. */
function fromReadings(resolution: 'h' | 'd'): string {
  const before = `select min(b.time) from (select b.time from cloud_measurement b where b.point = r.point and b.quality <> 2
      and b.time < r.start + r.shift order by b.time desc limit 2) b`;
  const readings = `select n.*, ${counterIncreaseSql('n.previous', 'n.value', 'r.register')} as rise from (
      select m.time, m.value, m.quality, lag(m.value) over good as previous,
        round(date_part('epoch', m.time - lag(m.time) over good) * 1e6) as distance,
        round(date_part('epoch', lag(m.time) over good - lag(m.time, 2) over good) * 1e6) as before
      from cloud_measurement m
      where m.point = r.point and m.time < r.finish + r.shift and m.time >= coalesce((${before}), r.start + r.shift)
      window good as (partition by m.quality <> 2 order by m.time)) n`;
  const columns = { kind: 'r.kind', declared: 'r.declared', distance: 'm.distance', before: 'm.before' };
  const covered = coveredTimeSql({ ...columns, fell: 'm.value < m.previous and m.rise = 0' });
  // The first and last value are looked up by their times: sorting each bucket's readings would cost more than summing them.
  const valueAt = (time: string) =>
    `(select v.value from cloud_measurement v where v.point = b.point and v.time = b.${time})`;
  return `with ${ranges(resolution)}
    ${into}
    select '${resolution}', b.point, b.bucket, b.count, b.bad, b.total, b.increase, b.covered, b.minimum, b.maximum,
      b.first_time, ${valueAt('first_time')}, b.last_time, ${valueAt('last_time')}
    from (
      select r.point, ${start(resolution, 'm.time - r.shift')} as bucket,
        count(*) filter (where m.quality <> 2) as count, count(*) filter (where m.quality = 2) as bad,
        sum(m.value) filter (where m.quality <> 2) as total,
        coalesce(sum(m.rise) filter (where m.quality <> 2 and r.kind = 'counter'), 0) as increase,
        coalesce(sum(${covered}) filter (where m.quality <> 2), 0) / 1e6 as covered,
        min(m.value) filter (where m.quality <> 2) as minimum, max(m.value) filter (where m.quality <> 2) as maximum,
        min(m.time) filter (where m.quality <> 2) as first_time, max(m.time) filter (where m.quality <> 2) as last_time
      from span r cross join lateral (${readings}) m
      where m.time >= r.start + r.shift group by 1, 2) b
    where b.count > 0 ${replace}`;
}

/** Hours of bad readings alone make no rollup, so a day counts its bad ones itself (readings may be gone where hours are not). */
const daysFromHours = `with ${ranges('d')}
  ${into}
  select 'd', b.point, b.bucket, b.count, greatest(b.bad, (select count(*) from cloud_measurement m
      where m.point = b.point and m.quality = 2 and m.time >= b.bucket + b.shift
        and m.time < date_trunc('day', b.bucket + interval '30 hours', b.zone) + b.shift)),
    b.total, b.increase, b.covered, b.minimum, b.maximum, b.first_time, b.first_value, b.last_time, b.last_value
  from (
    select r.point, ${start('d', 'h.bucket')} as bucket, min(r.shift) as shift, min(r.zone) as zone,
      sum(h.count) as count, sum(h.bad) as bad, sum(h.total) as total, sum(h.increase) as increase, sum(h.covered) as covered,
      min(h.minimum) as minimum, max(h.maximum) as maximum,
      min(h.first_time) as first_time, (array_agg(h.first_value order by h.bucket))[1] as first_value,
      max(h.last_time) as last_time, (array_agg(h.last_value order by h.bucket desc))[1] as last_value
    from span r join cloud_rollup h on h.resolution = 'h' and h.point = r.point and h.bucket >= r.start and h.bucket < r.finish
    group by r.point, 2) b ${replace}`;
