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
}

/** Readings that may be grouped for one curve; above it the rollups are used. Grouping this many takes about 50 ms. */
const mostReadings = 60_000;
const hourSeconds = 3_600;

interface Row {
  time: number;
  minimum: number;
  mean: number;
  maximum: number;
  count: number;
}

/** Chooses readings, hours or days by how many readings the window holds, so that any window is quick and never sends more than `most` points. */
export async function trendSql(db: Queryable, point: Point, from: number, to: number, most: number): Promise<Trend> {
  const width = Math.max((to - from) / 1000 / most, 0.001);
  const window = [point.number, new Date(from), new Date(to)];
  const { rows } = await db.query<{ readings: number }>(
    `select coalesce(sum(count), 0) as readings from cloud_rollup
     where resolution = $4 and point = $1 and bucket > $2::timestamptz - interval '1 day' and bucket <= $3`,
    [...window, to - from > 40 * 86_400_000 ? 'd' : 'h'],
    'cloud-trend-size',
  );
  const readings = rows[0]!.readings;
  const answer = (resolution: Trend['resolution'], bucketSeconds: number, found: Row[]): Trend => ({
    ...{ pointId: point.id, unit: point.unit, resolution, bucketSeconds },
    time: found.map(({ time }) => time),
    minimum: found.map(({ minimum }) => minimum),
    mean: found.map(({ mean }) => mean),
    maximum: found.map(({ maximum }) => maximum),
    count: found.map(({ count }) => count),
  });
  const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
  if (readings <= most) {
    const found = await db.query<Row>(
      `select ${milliseconds('time')} as time, value as minimum, value as mean, value as maximum, 1 as count
       from cloud_measurement where point = $1 and time >= $2 and time <= $3 and quality <> 2 order by time limit ${most}`,
      window,
    );
    return answer('reading', 0, found.rows);
  }
  if (readings <= mostReadings) {
    const found = await db.query<Row>(
      `select $4::float8 * 1000 + floor((extract(epoch from time) - $4::float8) / $5::float8) * $5::float8 * 1000 as time,
         min(value) as minimum, avg(value) as mean, max(value) as maximum, count(*) as count
       from cloud_measurement where point = $1 and time >= $2 and time < $3 and quality <> 2 group by 1 order by 1`,
      [...window, from / 1000, width],
    );
    return answer('bucket', width, found.rows);
  }
  const resolution = width > 12 * hourSeconds ? 'd' : 'h';
  const base = resolution === 'd' ? 24 * hourSeconds : hourSeconds;
  const step = Math.ceil(width / base) * base;
  const found = await db.query<Row>(
    `select floor(extract(epoch from bucket) / $5::float8) * $5::float8 * 1000 as time, min(minimum) as minimum,
       sum(total) / sum(count) as mean, max(maximum) as maximum, sum(count) as count
     from cloud_rollup where resolution = $4 and point = $1 and bucket >= $2 and bucket < $3 group by 1 order by 1`,
    [...window, resolution, step],
  );
  return answer(resolution === 'd' ? 'day' : 'hour', step, found.rows);
}
