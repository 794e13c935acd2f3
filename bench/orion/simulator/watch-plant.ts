import {
  type AlarmEvent,
  alarmEvents,
  type DataFinding,
  keepPromise,
  learnProfile,
  normalRunning,
  PointWatch,
  type SensorData,
} from '@millwright/orion';
import { healthKind } from '@millwright/orion/analyse';
import type { AssetDescription, Plant, PointDescription, SiteDescription } from '@millwright/testkit/simulator';

/** When is learnt, when the promise is set, and when is watched; milliseconds since 1970. */
export interface Periods {
  readonly learnFrom: number;
  readonly promiseFrom: number;
  readonly watchFrom: number;
  readonly end: number;
}

export interface AssetAlarm extends AlarmEvent {
  readonly asset: string;
  /** Most to blame first. */
  readonly blamed: readonly string[];
}
export interface PointFinding extends DataFinding {
  readonly point: string;
}

const rowMs = 900_000;
const readingMs = 300_000;
const mergeMs = 12 * 3_600_000;
const work = { signal: new AbortController().signal, progress: () => undefined };

/** Metrics that say what a line does, and not how it is. */
const isState = (metric: string): boolean => metric === 'state';

/**
 * Alarms of one asset: its momentary values together, with the weather and what the site's lines and furnaces draw as the condition. The
 * threshold keeps a promise in the weeks before.
 */
export async function watchAsset(
  plant: Plant,
  site: SiteDescription,
  asset: AssetDescription,
  periods: Periods,
  perWeek: number,
): Promise<AssetAlarm[]> {
  const own = asset.points.filter(({ kind, metric }) => kind === 'gauge' && !isState(metric));
  if (own.length === 0 || asset.kind === 'weather-station') return [];
  const conditions = conditionsOf(site, asset);
  const points = [...conditions, ...own];
  const rows = (from: number, to: number) => rowsOf(plant, points, from, to);
  const model = await healthKind.fit(
    rows(periods.learnFrom, periods.promiseFrom),
    { conditions: conditions.map(({ key }) => key) },
    1,
    work,
  );
  const follow = (data: SensorData) => {
    const watch = model.start();
    const width = data.names.length;
    const [scores, blame] = [new Float64Array(data.rows), new Float64Array(data.rows * width)];
    for (let row = 0; row < data.rows; row++) {
      const reading = watch.push(data.time[row]!, data.values.subarray(row * width, (row + 1) * width));
      if (!reading) continue;
      scores[row] = reading.distance;
      for (const [sensor, { share }] of reading.parts.entries()) blame[row * width + sensor] = share;
    }
    return { scores, blame };
  };
  const before = rows(periods.promiseFrom, periods.watchFrom);
  const kept = keepPromise(normalRunning(before.time, follow(before).scores, mergeMs), { perWeek });
  const now = rows(periods.watchFrom, periods.end);
  const { scores, blame } = follow(now);
  return alarmEvents({ threshold: kept.threshold, release: kept.release, mergeMs }, now.time, scores, blame).map(
    (event) => ({
      ...event,
      asset: asset.key,
      blamed: [...now.names.keys()]
        .sort((one, other) => event.blame[other]! - event.blame[one]!)
        .map((sensor) => now.names[sensor]!),
    }),
  );
}

/** The weather of the site, and what its lines and furnaces draw. */
function conditionsOf(site: SiteDescription, asset: AssetDescription): PointDescription[] {
  const driving = ['machine-line', 'arc-furnace', 'gas-furnace'];
  return site.areas
    .flatMap(({ lines }) => lines.flatMap(({ assets }) => assets))
    .filter(({ key }) => key !== asset.key)
    .flatMap(({ kind, points }) =>
      points.filter(
        ({ metric }) =>
          (kind === 'weather-station' && metric === 'ambient-temperature') ||
          (driving.includes(kind) && metric === 'active-power'),
      ),
    );
}

/** One row every quarter of an hour; what did not arrive with the stamp of the row is not known. */
function rowsOf(plant: Plant, points: readonly PointDescription[], from: number, to: number): SensorData {
  const count = Math.floor((to - from) / rowMs);
  const values = new Float64Array(count * points.length).fill(Number.NaN);
  for (const [place, { key }] of points.entries()) {
    const history = plant.history(key, from, to, rowMs);
    for (const [at, time] of history.times.entries()) {
      const row = Math.floor((time - from) / rowMs);
      if (row >= 0 && row < count) values[row * points.length + place] = history.values[at]!;
    }
  }
  return {
    ...{ names: points.map(({ key }) => key), rows: count, values },
    time: Float64Array.from({ length: count }, (_, row) => from + row * rowMs),
  };
}

/** What is wrong with the data of one point, by when readings arrived. */
export function watchPoint(plant: Plant, point: PointDescription, periods: Periods): PointFinding[] {
  const step = Math.max(readingMs, point.intervalMs);
  const readings = (from: number, to: number) => {
    const [times, values, arrivals]: [number[], number[], number[]] = [[], [], []];
    for (let at = Math.ceil(from / step) * step; at < to; at += step) {
      const reading = plant.reading(point.key, at);
      if (!reading) continue;
      times.push(reading.at);
      values.push(reading.value);
      arrivals.push(at);
    }
    return { times, values, arrivals };
  };
  const usual = readings(periods.promiseFrom, periods.watchFrom);
  const profile = learnProfile(
    point.kind,
    Float64Array.from(usual.times),
    Float64Array.from(usual.values),
    Float64Array.from(usual.arrivals),
  );
  const watch = new PointWatch(profile);
  const found: PointFinding[] = [];
  const { times, values, arrivals } = readings(periods.watchFrom, periods.end);
  for (const [at, time] of times.entries())
    for (const finding of watch.push(time, values[at]!, arrivals[at]!)) found.push({ ...finding, point: point.key });
  const last = watch.quiet(periods.end);
  return last ? [...found, { ...last, point: point.key }] : found;
}
