import type { CloudServices } from '@millwright/cloud/server';
import type { PlantLink } from './plant-link.ts';
import type { SamplePoint } from './sample-tree.ts';

const quarterHourMs = 900_000;
const hourMs = 3_600_000;
const batchRows = 4_000;

/** A stretch of history of some points, at one step. */
export interface HistoryPart {
  readonly points: readonly SamplePoint[];
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * The finished calendar year before `now`, and the current one up to now. Supply meters first, every quarter hour, so
 * that energy and emission pages are true within seconds; then the other registers; then momentary values, hourly.
 */
export function historyParts(
  points: readonly SamplePoint[],
  now: number,
): { first: HistoryPart[]; later: HistoryPart[] } {
  const year = new Date(now).getUTCFullYear();
  const upToNow = Math.floor(now / quarterHourMs) * quarterHourMs;
  const weekAgo = Math.floor((upToNow - 7 * 24 * hourMs) / hourMs) * hourMs;
  const main = points.filter(({ mainMeter }) => mainMeter);
  const registers = points.filter(({ mainMeter, kind }) => !mainMeter && kind !== 'gauge');
  const gauges = points.filter(({ kind }) => kind === 'gauge');
  const zones = [...new Set(points.map(({ timezone }) => timezone))];
  /** The finished year at one step and the current one, up to a week ago, at another; years of the site, not of UTC. */
  const years = (of: readonly SamplePoint[], stepMs: number, sinceMs: number): HistoryPart[] =>
    zones.flatMap((zone) => {
      const local = of.filter(({ timezone }) => timezone === zone);
      const [from, to] = [yearStart(year - 1, zone), yearStart(year, zone)];
      return [
        { points: local, from, to, stepMs },
        { points: local, from: to, to: weekAgo, stepMs: sinceMs },
      ];
    });
  const whole = (of: readonly SamplePoint[], stepMs: number): HistoryPart[] => [
    ...years(of, stepMs, hourMs),
    { points: of, from: weekAgo, to: upToNow, stepMs: quarterHourMs },
  ];
  return {
    first: whole(main, quarterHourMs),
    later: [
      { points: gauges, from: weekAgo, to: upToNow, stepMs: hourMs },
      ...whole(registers, quarterHourMs),
      ...years(gauges, hourMs, 4 * hourMs),
    ],
  };
}

/** Local midnight of 1 January, in milliseconds since 1970. */
function yearStart(year: number, timezone: string): number {
  const utc = Date.UTC(year, 0, 1);
  const local = new Date(utc).toLocaleString('sv-SE', { timeZone: timezone });
  return utc - (Date.parse(`${local}Z`) - utc);
}

/** Computes and stores parts of history; what is there already counts as a duplicate, so an interrupted run can be repeated. */
export async function writeHistory(
  store: CloudServices['store'],
  link: PlantLink,
  parts: readonly HistoryPart[],
  on: { signal?: AbortSignal; progress?: (fraction: number) => void },
): Promise<void> {
  const steps = parts
    .filter(({ from, to }) => from < to)
    .flatMap((part) => part.points.map((point) => ({ part, point })));
  for (const [index, { part, point }] of steps.entries()) {
    on.signal?.throwIfAborted();
    const { times, values } = await link.history(point.plantKey, part.from, part.to, part.stepMs);
    const keys = [point.key];
    for (let at = 0; at < times.length; at += batchRows) {
      const time = times.subarray(at, at + batchRows);
      await store.write({
        ...{ sourceId: point.sourceId, keys, time, historical: true },
        value: values.subarray(at, at + batchRows),
        keyIndex: new Int32Array(time.length),
        quality: new Int16Array(time.length),
      });
    }
    on.progress?.((index + 1) / steps.length);
  }
}
