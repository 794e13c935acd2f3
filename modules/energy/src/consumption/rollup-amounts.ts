import type { MeasurementService, Point, TotalBucket } from '@millwright/cloud/server';
import type { Actor } from '@millwright/kernel';
import type { MeterValue } from '../analysis/balance.ts';
import { makeGrid } from '../analysis/grid.ts';
import { dateOf, siteClock } from '../analysis/site-clock.ts';
import { convert } from '../readings/readings.ts';

export type Step = 'hour' | 'day' | 'month';

/** One meter's amounts in a period, from rollups. */
export interface MeterAmounts extends MeterValue {
  /** By local hour (ISO 8601 with offset), day (`YYYY-MM-DD`) or month (`YYYY-MM`). */
  readonly steps: ReadonlyMap<string, number>;
}

const hourMs = 3_600_000;

/**
 * Amounts of meters over [from, to) by local step, from cloud's hourly and daily rollups. Periods that do not begin and
 * end on local days come from the hourly ones, whole hours only. Rollups of registers put an increase where it was read,
 * and know rollovers but not exchanged meters; what has to be exact is computed from readings.
 */
export async function rollupAmounts(
  measurements: MeasurementService,
  actor: Actor,
  options: {
    readonly points: readonly { readonly point: Point; readonly unit: string }[];
    readonly from: number;
    readonly to: number;
    readonly timezone: string;
    readonly step: Step;
  },
): Promise<Map<string, MeterAmounts>> {
  const { points, timezone, step } = options;
  const { start: from, end: to } = makeGrid({ ...options, intervalMinutes: 60 });
  const clock = siteClock(timezone, from, to);
  const wholeDays = clock.startOfDay(clock.dayOf(from)) === from && clock.startOfDay(clock.dayOf(to)) === to;
  const by = step === 'hour' || !wholeDays ? 'hour' : step;
  const keyOf = (bucket: string): string => {
    if (by !== 'hour') return bucket;
    const time = Date.parse(bucket);
    return step === 'hour' ? clock.iso(time) : dateOf(clock.dayOf(time)).slice(0, step === 'day' ? 10 : 7);
  };
  const units = new Map(points.map(({ point, unit }) => [point.id, { point, unit }]));
  const found = await measurements.totals(actor, [...units.keys()], from, to, by);
  const hours = (to - from) / hourMs;
  return new Map(
    found.map(({ pointId, buckets }) => {
      const { point, unit } = units.get(pointId)!;
      const factor = convert(1, point.unit, unit);
      const amountOf = (bucket: TotalBucket) => (point.kind === 'counter' ? bucket.increase : bucket.total) * factor;
      const steps = new Map<string, number>();
      let [value, covered] = [0, 0];
      for (const bucket of buckets) {
        const key = keyOf(bucket.bucket);
        steps.set(key, (steps.get(key) ?? 0) + amountOf(bucket));
        value += amountOf(bucket);
        covered += bucket.covered / 3600;
      }
      return [
        pointId,
        {
          ...{ id: pointId, name: point.name, steps },
          value: buckets.length === 0 ? null : value,
          coverage: shareOf(covered, hours),
        },
      ];
    }),
  );
}

/**
 * Share of a period that readings speak for. A register that was silent before the period brings amounts of that time
 * with its first reading: what is more than the period has is as wrong as what is missing.
 */
const shareOf = (covered: number, hours: number) =>
  covered <= hours ? covered / hours : Math.max(0, 1 - (covered - hours) / hours);
