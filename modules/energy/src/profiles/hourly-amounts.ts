import type { MeasurementService, Point } from '@millwright/cloud/server';
import type { Actor } from '@millwright/kernel';
import { type Grid, makeGrid, type Period } from '../analysis/grid.ts';
import { conversionFactor, defaultUnit, type IntervalAmounts } from '../analysis/interval-amounts.ts';
import { factsOf } from '../readings/point-facts.ts';
import { convert } from '../readings/readings.ts';

const hourMs = 3_600_000;

interface HourlyRequest extends Period {
  readonly timezone: string;
  /** Left out: what the point's own unit makes. */
  readonly unit?: string | undefined;
}

/**
 * Amounts by the hour from cloud's rollups, where they say the same as the readings would: of registers and amounts that
 * are read at least once a minute (a register's rise is kept in the hour in which it was read), on whole hours of a
 * clock that is whole hours off. Undefined otherwise; then the readings are few enough to be read.
 */
export async function hourlyAmounts(
  measurements: MeasurementService,
  actor: Actor,
  point: Point,
  { timezone, unit: wanted, ...period }: HourlyRequest,
): Promise<IntervalAmounts | undefined> {
  if (point.kind === 'gauge') return undefined;
  const grid = makeGrid({ ...period, timezone, intervalMinutes: 60 });
  if (grid.widened || grid.start % hourMs !== 0) return undefined;
  const count = await measurements.count(actor, point.id, grid.start, grid.end);
  if (count < (grid.count * 60) / 2) return undefined;
  const [found] = await measurements.totals(actor, [point.id], grid.start, grid.end, 'hour');
  const buckets = found?.buckets ?? [];
  // Half a period by the second and half by the hour would pass the count; an hour of few readings does not, nor one
  // whose first reading brings what a register rose by in a hole before it.
  if (buckets.some(({ count, covered }) => count * 90 < covered || covered > 3700)) return undefined;
  const facts = factsOf(point);
  const unit = wanted ?? defaultUnit(facts);
  const factor = conversionFactor(facts, { unit, convert });
  const empty = emptyAmounts(grid, unit);
  let readings = 0;
  for (const { bucket, count, increase, total, covered } of buckets) {
    const index = (Date.parse(bucket) - grid.start) / hourMs;
    empty.amount[index] = (point.kind === 'counter' ? increase : total) * factor;
    empty.coverage[index] = Math.min(1, covered / 3600);
    readings += count;
  }
  return { ...empty, readings: { expected: readings, usable: readings } };
}

function emptyAmounts(grid: Grid, unit: string): IntervalAmounts {
  return {
    ...{ grid, unit, gaps: [], notes: [], nominal: Number.NaN, stamp: 'end' },
    amount: new Float64Array(grid.count).fill(Number.NaN),
    coverage: new Float64Array(grid.count),
    estimated: new Float64Array(grid.count),
    substituted: new Float64Array(grid.count),
    quality: { total: 0, good: 0, uncertain: 0, bad: 0, substituted: 0 },
    readings: { expected: 0, usable: 0 },
  };
}
