import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@millwright/db';
import { createLogger, loadConfig, systemClock } from '@millwright/kernel';
import { MeasurementStore } from '../../modules/cloud/src/measurements/store.ts';
import type { BenchmarkContext } from '../lib/benchmark.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';

/** What the benchmark needs to know of a filled folder; kept in it when all of it is written. */
export interface FilledPlant {
  readonly end: number;
  readonly points: readonly string[];
  readonly meters: readonly string[];
  /** A point with a reading every second. */
  readonly dense: string;
}

const second = 1000;
const day = 86_400 * second;
const meterCount = 50;
const pointCount = 1000;
const batchRows = 20_000;

export const plantFolder = (readings: number): string =>
  fileURLToPath(new URL(`../../node_modules/.cache/millwright-bench/query-${readings}`, import.meta.url));

export const filledPlant = (folder: string): string => join(folder, 'filled.json');

/** Makes the plant through the API and its readings through the store, as fast as the database takes them. */
export async function fill(folder: string, readings: number, context: BenchmarkContext): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const server = await ServerUnderTest.start({ folder });
  context.onEnd(() => server.kill());
  const site = await server.call<{ id: string }>('POST', '/api/cloud/nodes', {
    ...{ kind: 'site', parentId: null, name: 'Bench', timezone: 'Europe/Berlin' },
  });
  const source = await server.call<{ id: string }>('POST', '/api/cloud/sources', {
    ...{ siteId: site.id, name: 'Readings', kind: 'rest-push' },
  });
  const { items } = await server.call<{ items: { id: string; key: string }[] }>(
    'POST',
    `/api/cloud/sources/${source.id}/points`,
    {
      points: Array.from({ length: pointCount }, (_, index) => ({
        ...{ key: `point-${index}`, name: `Point ${index}` },
        ...(index < meterCount
          ? { unit: 'kW.h', kind: 'delta', intervalSeconds: 300, carrier: 'electricity', quantity: 'energy' }
          : { unit: 'Cel', kind: 'gauge' }),
      })),
    },
  );
  await server.stop();
  const end = Math.floor(Date.now() / (5 * 60 * second)) * 5 * 60 * second;
  await store(folder, source.id, end, readings, context);
  const id = (index: number) => items.find(({ key }) => key === `point-${index}`)!.id;
  const plant: FilledPlant = {
    end,
    points: items.map(({ id }) => id),
    meters: Array.from({ length: meterCount }, (_, index) => id(index)),
    dense: id(meterCount),
  };
  writeFileSync(filledPlant(folder), JSON.stringify(plant));
}

async function store(folder: string, sourceId: string, end: number, readings: number, context: BenchmarkContext) {
  const db = await openDatabase({ url: `pglite://${join(folder, 'database')}` });
  const config = loadConfig({ environment: {}, flags: { data: folder } });
  const target = new MeasurementStore({ db, config, clock: systemClock, logger: createLogger('warn') });
  // A year of the meters takes about half; a share of the rest is the one dense point.
  const meter = Math.min(Math.floor((365 * day) / (300 * second)), Math.floor((readings * 0.55) / meterCount));
  const dense = Math.min(7 * 86_400, Math.floor(readings * 0.06));
  const others = pointCount - meterCount - 1;
  const each = Math.floor((readings - meter * meterCount - dense) / others);
  const rest = readings - meter * meterCount - dense - each * others;
  let done = 0;
  const write = async (index: number, count: number, step: number) => {
    const keys = [`point-${index}`];
    for (let at = 0; at < count; at += batchRows) {
      const length = Math.min(batchRows, count - at);
      await target.write({
        ...{ sourceId, keys, historical: true, keyIndex: new Int32Array(length), quality: new Int16Array(length) },
        time: Float64Array.from({ length }, (_, row) => end - (count - at - row) * step),
        value: Float64Array.from({ length }, (_, row) => 50 + 40 * Math.sin((at + row) / 37 + index)),
      });
      const before = done;
      done += length;
      if (Math.floor(done / 1e6) > Math.floor(before / 1e6)) context.note(`${Math.floor(done / 1e6)} million stored`);
    }
  };
  for (let index = 0; index < meterCount; index += 1) await write(index, meter, 300 * second);
  await write(meterCount, dense + rest, second);
  for (let index = meterCount + 1; index < pointCount; index += 1) await write(index, each, 3600 * second);
  await target.rollups.stop();
  await db.query('vacuum analyze cloud_measurement');
  await db.query('vacuum analyze cloud_rollup');
  await db.close();
}
