import type { Queryable } from '@millwright/db';
import type { Point } from '../points/service.ts';

/** A curve to draw: columns of equal length. */
export interface Trend {
  readonly pointId: string;
  readonly unit: string;
  /** Where the buckets come from, and their width; `reading` means single readings. */
  readonly resolution: 'reading' | 'bucket' | 'hour' | 'day';
  readonly bucketSeconds: number;
  readonly time: number[];
  readonly minimum: number[];
  readonly mean: number[];
  readonly maximum: number[];
  readonly count: number[];
  /** Worst quality of what each place shows (0 good, 1 uncertain, 3 substituted); empty where hours or days are shown, which do not keep it. */
  readonly quality: number[];
  /** Readings of bad quality in the window; they are left out of the curve. */
  readonly bad: number;
}

/** Readings that may be grouped for one curve, above a day of one each second; beyond it the rollups are used. */
const mostReadings = 100_000;
const hourSeconds = 3_600;
/** Days start up to an hour early or late after a clock change; each still gets a step of its own. */
const clockChangeSeconds = 2 * hourSeconds;

interface Row {
  time: number;
  minimum: number;
  mean: number;
  maximum: number;
  count: number;
  quality?: number;
}

/** Chooses readings, hours or days by how many readings the window holds, so that any window is quick and never sends more than `most` points. */
export async function trendSql(db: Queryable, point: Point, from: number, to: number, most: number): Promise<Trend> {
  const window = [point.number, new Date(from), new Date(to)];
  // Of a bucket that the window cuts, the part inside counts: a short window is not taken for the whole hour or day.
  const inside = (length: string) =>
    `least(bucket + interval '${length}', $3::timestamptz) - greatest(bucket, $2::timestamptz)`;
  const long = to - from > 40 * 86_400_000;
  const length = long ? '1 day' : '1 hour';
  const { rows } = await db.query<{ readings: number }>(
    `select coalesce(sum(count * greatest(date_part('epoch', ${inside(length)}), 0) / date_part('epoch', interval '${length}')), 0) as readings
     from cloud_rollup where resolution = '${long ? 'd' : 'h'}' and point = $1
       and bucket > $2::timestamptz - interval '${length}' and bucket <= $3::timestamptz`,
    window,
    `cloud-trend-size-${long ? 'd' : 'h'}`,
  );
  const readings = rows[0]!.readings;
  const answer = (resolution: Trend['resolution'], bucketSeconds: number, found: Row[], bad: number): Trend => ({
    ...{ pointId: point.id, unit: point.unit, resolution, bucketSeconds },
    time: found.map(({ time }) => time),
    minimum: found.map(({ minimum }) => minimum),
    mean: found.map(({ mean }) => mean),
    maximum: found.map(({ maximum }) => maximum),
    count: found.map(({ count }) => count),
    quality: found.flatMap(({ quality }) => quality ?? []),
    bad,
  });
  const milliseconds = (column: string) => `date_part('epoch', ${column}) * 1000`;
  // The estimate may be a few readings short where a window cuts a bucket; the limit says whether it was.
  if (readings <= most) {
    const found = await db.query<Row>(
      `select ${milliseconds('time')} as time, value as minimum, value as mean, value as maximum, 1 as count, quality
       from cloud_measurement where point = $1 and time >= $2 and time <= $3 and quality <> 2 order by time limit ${most + 1}`,
      window,
    );
    if (found.rows.length <= most) return answer('reading', 0, found.rows, await badSql(db, window));
  }
  if (readings <= mostReadings) {
    const width = Math.max((to - from) / 1000 / most, 0.001);
    const found = await db.query<Row>(
      `select ($4::float8 + slot * $5::float8) * 1000 as time, min(value) as minimum, avg(value) as mean, max(value) as maximum, count(*) as count, max(quality) as quality
       from (select least(floor((date_part('epoch', time) - $4::float8) / $5::float8), ${most - 1}) as slot, value, quality
         from cloud_measurement where point = $1 and time >= $2 and time < $3 and quality <> 2) m
       group by slot order by slot`,
      [...window, from / 1000, width],
    );
    return answer('bucket', width, found.rows, await badSql(db, window));
  }
  // One less than allowed, as the first and the last step may both be cut.
  const width = (to - from) / 1000 / Math.max(most - 1, 1);
  const resolution = width > 12 * hourSeconds ? 'd' : 'h';
  const base = resolution === 'd' ? 24 * hourSeconds : hourSeconds;
  const step = Math.ceil(width / base) * base;
  const found = await db.query<Row & { bad: number }>(
    `select ${milliseconds('min(bucket)')} as time, min(minimum) as minimum,
       sum(total) / sum(count) as mean, max(maximum) as maximum, sum(count) as count, sum(bad) as bad
     from cloud_rollup where resolution = $4 and point = $1 and bucket >= $2 and bucket < $3
     group by floor((date_part('epoch', bucket - $2::timestamptz) + ${resolution === 'd' ? clockChangeSeconds : 0}) / $5::float8) order by 1`,
    [...window, resolution, step],
  );
  const bad = found.rows.reduce((sum, row) => sum + row.bad, 0);
  return answer(resolution === 'd' ? 'day' : 'hour', step, found.rows, bad);
}

async function badSql(db: Queryable, window: unknown[]): Promise<number> {
  const { rows } = await db.query<{ bad: number }>(
    'select count(*) as bad from cloud_measurement where point = $1 and time >= $2 and time <= $3 and quality = 2',
    window,
    'cloud-trend-bad',
  );
  return rows[0]!.bad;
}
