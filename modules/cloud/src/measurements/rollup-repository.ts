import { type Database, float8Array, int4Array, type Queryable, timestamptzArray } from '@millwright/db';
import { counterIncreaseSql } from './counter-increase.ts';
import type { Bucket } from './rollup-accumulator.ts';

/** A stretch of one point's readings whose rollups have to be computed again. */
export interface DirtyRange {
  readonly point: number;
  readonly from: number;
  readonly to: number;
}

/** Marks of point 0 stand for all points: the stretch that live readings are summed for in memory. */
export const allPoints = 0;

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

  async pending(): Promise<DirtyRange[]> {
    const { rows } = await this.#db.query<{ point: number; from: Date; to: Date }>(
      'select point, min(from_time) as from, max(to_time) as to from cloud_rollup_pending group by point order by point',
    );
    return rows.map(({ point, from, to }) => ({ point, from: from.getTime(), to: to.getTime() }));
  }

  async clear(on: Queryable, points: readonly number[]): Promise<void> {
    await on.query('delete from cloud_rollup_pending where point = any($1)', [int4Array(points)]);
  }

  /** Adds summed buckets to what is stored. */
  async merge(on: Queryable, buckets: readonly Bucket[]): Promise<void> {
    await on.query(
      `insert into cloud_rollup as r (resolution, point, bucket, count, bad, total, increase, minimum, maximum, first_time, first_value, last_time, last_value)
       select * from unnest($1::text[], $2::int4[], $3::timestamptz[], $4::int4[], $5::int4[], $6::float8[], $7::float8[], $8::float8[],
         $9::float8[], $10::timestamptz[], $11::float8[], $12::timestamptz[], $13::float8[])
       on conflict (resolution, point, bucket) do update set
         count = r.count + excluded.count, bad = r.bad + excluded.bad, total = r.total + excluded.total,
         increase = r.increase + excluded.increase,
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
      ],
      'cloud-rollup-merge',
    );
  }

  /** Computes the hours and days of one point that [from, to] touches again from its readings. */
  async recompute(on: Queryable, range: DirtyRange): Promise<void> {
    const { rows } = await on.query<{
      kind: string;
      closes: boolean;
      zone: string;
      register: number | null;
      next: Date | null;
    }>(
      `select p.kind, p.kind = 'counter' or (p.kind = 'delta' and p.stamp = 'end') as closes, site.timezone as zone,
         p.register_maximum as register,
         case when p.kind = 'counter' then (select min(time) from cloud_measurement where point = $1 and time > $2) end as next
       from cloud_point p join cloud_source s on s.id = p.source_id join cloud_node site on site.id = s.site_id where p.number = $1`,
      [range.point, new Date(range.to)],
    );
    const facts = rows[0];
    if (!facts) return;
    // A register's next rise starts from here, so its bucket changes too.
    const to = facts.next && facts.next.getTime() > range.to ? facts.next.getTime() : range.to;
    for (const resolution of ['h', 'd'] as const)
      await on.query(recomputeSql[resolution], [
        range.point,
        new Date(range.from),
        new Date(to),
        facts.zone,
        facts.closes,
        facts.register,
        facts.kind === 'counter',
      ]);
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

/**
 * $1 point, $2 from, $3 to, $4 zone, $5 closes its interval, $6 register maximum, $7 is a register. The window starts at the
 * start of the first bucket touched and ends with the last, and takes in the reading before, which a register's first rise needs.
 */
const recompute = (resolution: 'h' | 'd'): string => {
  const shift = `case when $5::boolean then interval '1 microsecond' else interval '0' end`;
  const floor = (time: string) =>
    resolution === 'h'
      ? `date_trunc('hour', ${time} - ${shift})`
      : `date_trunc('day', (${time} - ${shift}) at time zone $4::text) at time zone $4::text`;
  // Days are at most 25 hours long; a whole day more is cut by the exact bound in the where below.
  const step = resolution === 'h' ? `interval '1 hour'` : `interval '26 hours'`;
  return `with span as (select ${floor('$2::timestamptz')} as start, ${floor('$3::timestamptz')} as last),
    reading as (
      select time, value, quality, lag(value) over (order by time) as previous from cloud_measurement, span
      where point = $1 and quality <> 2 and time < span.last + ${step} + interval '1 second'
        and time >= coalesce((select max(m.time) from cloud_measurement m, span where m.point = $1 and m.quality <> 2 and m.time < span.start), span.start)),
    bucketed as (select ${floor('time')} as bucket, * from reading)
    insert into cloud_rollup (resolution, point, bucket, count, bad, total, increase, minimum, maximum, first_time, first_value, last_time, last_value)
    select '${resolution}', $1, bucket, count(*), 0, sum(value),
      sum(case when $7::boolean then ${counterIncreaseSql('previous', 'value', '$6::float8')} else 0 end),
      min(value), max(value), min(time), (array_agg(value order by time))[1], max(time), (array_agg(value order by time desc))[1]
    from bucketed, span where bucket >= span.start and bucket <= span.last and $4::text is not null group by bucket
    on conflict (resolution, point, bucket) do update set
      count = excluded.count, total = excluded.total, increase = excluded.increase, minimum = excluded.minimum, maximum = excluded.maximum,
      first_time = excluded.first_time, first_value = excluded.first_value, last_time = excluded.last_time, last_value = excluded.last_value`;
};
const recomputeSql = { h: recompute('h'), d: recompute('d') };
