import type { CloudServices } from '@millwright/cloud/server';
import type { PlantLink, Series } from './plant-link.ts';
import type { SamplePoint } from './sample-tree.ts';

const minuteMs = 60_000;
const quarterHourMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Of one write: what the store takes in one transaction. */
const batchRows = 4_000;

/** The asset that the sample plant comes with a watch of; its bearing wears in the demonstration's faults. */
export const watchedAsset = 'qingdao/cooling-pump-1';

/** A stretch of a point's history, at one step. */
export interface HistoryPart {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * The finished calendar year before `now`, and the current one up to now; years of the site, not of UTC. Supply meters
 * every quarter hour, which demand and its cost need; other registers hourly, momentary values twice a day, in the current
 * year half as often, so that two years of everything are there within seconds; the last week is finer. The asset that is watched
 * has hourly values of all seasons.
 */
export function historyParts({ plantKey, kind, mainMeter, timezone }: SamplePoint, now: number): HistoryPart[] {
  const year = new Date(now).getUTCFullYear();
  const [begin, end] = [yearStart(year - 1, timezone), yearStart(year, timezone)];
  const upToNow = Math.floor(now / quarterHourMs) * quarterHourMs;
  const weekAgo = Math.floor((upToNow - 7 * dayMs) / dayMs) * dayMs;
  const isRegister = kind !== 'gauge';
  if (!isRegister && plantKey.startsWith(`${watchedAsset}/`)) return [{ from: begin, to: upToNow, stepMs: hourMs }];
  const coarse = isRegister ? hourMs : dayMs / 2;
  return [
    { from: begin, to: end, stepMs: mainMeter ? quarterHourMs : coarse },
    { from: end, to: weekAgo, stepMs: mainMeter ? hourMs : 2 * coarse },
    { from: Math.max(end, weekAgo), to: upToNow, stepMs: isRegister ? quarterHourMs : hourMs },
  ].filter(({ from, to }) => from < to);
}

/** Local midnight of 1 January, in milliseconds since 1970. */
function yearStart(year: number, timezone: string): number {
  const utc = Date.UTC(year, 0, 1);
  const local = new Date(utc).toLocaleString('sv-SE', { timeZone: timezone });
  return utc - (Date.parse(`${local}Z`) - utc);
}

/** The points of each source, those first through which a site is supplied: energy and emission pages begin there. */
export function pointsBySource(points: readonly SamplePoint[]): SamplePoint[][] {
  const sources = [...Map.groupBy(points, ({ sourceId }) => sourceId).values()];
  const hasMain = (of: readonly SamplePoint[]) => of.some(({ mainMeter }) => mainMeter);
  return [...sources.filter(hasMain), ...sources.filter((of) => !hasMain(of))];
}

/** Computed by the plant's process, so that the next source's can be on its way while one is stored. */
export async function computeHistory(link: PlantLink, points: readonly SamplePoint[], now: number): Promise<Series[]> {
  return Promise.all(
    points.map(async (point) => {
      const parts = await Promise.all(
        historyParts(point, now).map(({ from, to, stepMs }) => link.history(point.plantKey, from, to, stepMs)),
      );
      return { times: joined(parts.map(({ times }) => times)), values: joined(parts.map(({ values }) => values)) };
    }),
  );
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * Stores the history of all points of one source side by side, in order of time: its hours are then counted once and not
 * once for each point, and everything is summed on the way. What is there already counts as a duplicate, so that an
 * interrupted run can be repeated.
 */
export async function storeHistory(
  store: CloudServices['store'],
  points: readonly SamplePoint[],
  series: readonly Series[],
  signal: AbortSignal,
): Promise<void> {
  const keys = points.map(({ key }) => key);
  const rows = series.reduce((sum, { times }) => sum + times.length, 0);
  const order = byTime(series);
  for (let from = 0; from < rows; from += batchRows) {
    signal.throwIfAborted();
    const some = order.subarray(from, from + batchRows);
    const batch = {
      ...{ sourceId: points[0]!.sourceId, keys, historical: true },
      time: new Float64Array(some.length),
      value: new Float64Array(some.length),
      keyIndex: new Int32Array(some.length),
      quality: new Int16Array(some.length),
    };
    some.forEach((place, index) => {
      const which = Math.floor(place / placesPerSeries);
      const { times, values } = series[which]!;
      batch.time[index] = times[place % placesPerSeries]!;
      batch.value[index] = values[place % placesPerSeries]!;
      batch.keyIndex[index] = which;
    });
    await store.write(batch);
  }
}

const placesPerSeries = 2 ** 24;

/** Every reading of the series, as number of its series and place in it, the oldest first. */
function byTime(series: readonly Series[]): Float64Array {
  const next = series.map(() => 0);
  const order = new Float64Array(series.reduce((sum, { times }) => sum + times.length, 0));
  for (let at = 0; at < order.length; ) {
    const earliest = Math.min(...series.map(({ times }, index) => times[next[index]!] ?? Number.POSITIVE_INFINITY));
    series.forEach(({ times }, index) => {
      const place = next[index]!;
      if (times[place] !== earliest) return;
      order[at] = index * placesPerSeries + place;
      next[index] = place + 1;
      at += 1;
    });
  }
  return order;
}
