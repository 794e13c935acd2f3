import type { Database } from '@millwright/db';
import { Temporal } from 'temporal-polyfill';
import { Quality } from '../../quality.ts';

/** What a rollup must say, computed reading by reading with another calendar than the product's. */
export interface ExpectedRollup {
  resolution: string;
  point: number;
  bucket: number;
  count: number;
  bad: number;
  total: number;
  increase: number;
  covered: number;
  minimum: number;
  maximum: number;
  firstTime: number;
  firstValue: number;
  lastTime: number;
  lastValue: number;
}

interface Facts {
  number: number;
  kind: string;
  stamp: string;
  zone: string;
  register: number | null;
  /** Declared seconds between readings. */
  interval: number | null;
}

const order = (a: ExpectedRollup, b: ExpectedRollup) =>
  a.resolution.localeCompare(b.resolution) || a.point - b.point || a.bucket - b.bucket;

/** From everything stored. */
export async function bruteForce(db: Database): Promise<ExpectedRollup[]> {
  const { rows: points } = await db.query<Facts>(
    `select p.number, p.kind, p.stamp, n.timezone as zone, p.register_maximum as register, p.interval_seconds as interval from cloud_point p
     join cloud_source s on s.id = p.source_id join cloud_node n on n.id = s.site_id`,
  );
  const rollups: ExpectedRollup[] = [];
  for (const point of points) {
    const { rows } = await db.query<{ time: Date; value: number; quality: number }>(
      'select time, value, quality from cloud_measurement where point = $1 order by time',
      [point.number],
    );
    const closes = point.kind === 'counter' || (point.kind === 'delta' && point.stamp === 'end');
    for (const resolution of ['d', 'h']) {
      const buckets = new Map<number, ExpectedRollup>();
      let previous: number | undefined;
      const usable: number[] = [];
      for (const { time, value, quality } of rows) {
        const at = time.getTime();
        const bucket = startOf(resolution, closes ? at - 1 : at, point.zone);
        const found = buckets.get(bucket) ?? empty(resolution, point.number, bucket);
        buckets.set(bucket, found);
        if (quality === Quality.bad) {
          found.bad += 1;
          continue;
        }
        if (found.count === 0) Object.assign(found, { firstTime: at, firstValue: value });
        Object.assign(found, { lastTime: at, lastValue: value });
        found.count += 1;
        found.total += value;
        found.minimum = Math.min(found.minimum, value);
        found.maximum = Math.max(found.maximum, value);
        usable.push(at);
        const risen = point.kind === 'counter' ? rise(previous, value, point.register) : 0;
        found.increase += risen;
        if (point.kind !== 'counter' || previous === undefined || value >= previous || risen > 0)
          found.covered += secondsSpokenFor(point, usable.slice(-3));
        previous = value;
      }
      rollups.push(...[...buckets.values()].filter(({ count }) => count > 0));
    }
  }
  return rollups.sort(order);
}

/** What the product keeps. */
export async function storedRollups(db: Database): Promise<ExpectedRollup[]> {
  const { rows } = await db.query<Record<string, Date> & ExpectedRollup>(
    `select resolution, point, bucket, count, bad, total, increase, covered, minimum, maximum, first_time as "firstTime",
       first_value as "firstValue", last_time as "lastTime", last_value as "lastValue" from cloud_rollup`,
  );
  return rows
    .map((row) => ({
      ...row,
      bucket: Number(row.bucket),
      firstTime: Number(row.firstTime),
      lastTime: Number(row.lastTime),
    }))
    .sort(order);
}

function startOf(resolution: string, at: number, zone: string): number {
  if (resolution === 'h') return at - (((at % 3_600_000) + 3_600_000) % 3_600_000);
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).startOfDay().epochMilliseconds;
}

function rise(previous: number | undefined, value: number, register: number | null): number {
  if (previous === undefined) return 0;
  if (value >= previous) return value - previous;
  const width = register ?? 10 ** Math.ceil(Math.log10(Math.max(previous, 1)));
  return previous >= 0.9 * width ? width - previous + value : 0;
}

/** What the last of up to three usable readings speaks for. */
function secondsSpokenFor({ kind, interval }: Facts, times: readonly number[]): number {
  const [now, before, earlier] = times.toReversed().map((time) => time / 1000);
  if (before === undefined) return kind === 'delta' ? (interval ?? 0) : 0;
  const distance = now! - before;
  if (kind === 'counter') return distance;
  const seen = earlier === undefined ? (interval ?? distance) : Math.min(distance, before - earlier);
  const rhythm = Math.max(interval ?? 0, seen);
  if (kind === 'gauge') return distance > 2 * rhythm ? 0 : distance;
  return distance > 1.1 * rhythm + 1e-6 ? rhythm : distance;
}

const empty = (resolution: string, point: number, bucket: number): ExpectedRollup => ({
  ...{ resolution, point, bucket, count: 0, bad: 0, total: 0, increase: 0, covered: 0 },
  ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  ...{ firstTime: 0, firstValue: 0, lastTime: 0, lastValue: 0 },
});
