import type { Database } from '@millwright/db';
import { type Clock, newId } from '@millwright/kernel';
import { collectLogs, createTestDatabase, testConfig } from '@millwright/testkit';
import { PointRepository, type PointRow } from '../../points/repository.ts';
import { type IncomingBatch, MeasurementStore, type StoreReceipt } from '../store.ts';

export type TestPoint = Partial<PointRow> & { key: string };

/** One reading as a test writes it: key, time, value, quality (good when left out). */
export type TestReading = readonly [key: string, time: number, value: number, quality?: number];

export interface TestStore {
  readonly db: Database;
  readonly store: MeasurementStore;
  /** Number of each point by its key. */
  readonly numbers: Map<string, number>;
  write(readings: readonly TestReading[], options?: Partial<IncomingBatch>): Promise<StoreReceipt>;
  /** A store that knows nothing but what the database holds, as after a kill. */
  again(): MeasurementStore;
  cleanup(): Promise<void>;
}

/** A measurement store on a database of its own, with one source in the zone given and these points. */
export async function openStore(options: {
  timezone: string;
  points: readonly TestPoint[];
  clock: Clock;
}): Promise<TestStore> {
  const test = await createTestDatabase([
    { module: 'cloud', folder: new URL('../../../migrations/', import.meta.url) },
  ]);
  const { db } = test;
  const [siteId, sourceId] = [newId(), newId()];
  const now = options.clock.now();
  await db.query(
    `insert into cloud_node (id, kind, site_id, name, timezone, created_at) values ($1, 'site', $1, 'Site', $2, $3)`,
    [siteId, options.timezone, now],
  );
  await db.query(
    `insert into cloud_source (id, site_id, name, kind, created_at) values ($1, $2, 'Source', 'rest-push', $3)`,
    [sourceId, siteId, now],
  );
  const points = new PointRepository(db);
  await points.insertMissing(
    options.points.map((point) => ({
      ...{ id: newId(), source_id: sourceId, node_id: siteId, name: point.key, unit: '1', kind: 'gauge' as const },
      ...{ stamp: 'end' as const, interval_seconds: null, carrier: null, quantity: null, minimum: null, maximum: null },
      ...{ register_maximum: null, retention_days: null, main_meter: false, created_at: now },
      ...point,
    })),
  );
  const numbers = new Map((await points.list({ sourceId })).map(({ key, number }) => [key, number]));
  const { logger } = collectLogs();
  const make = () => new MeasurementStore({ db, logger, clock: options.clock, config: testConfig('unused') });
  const store = make();
  return {
    ...{ db, store, numbers },
    again: make,
    write: (readings, extra) => store.write(batchOf(sourceId, readings, extra)),
    cleanup: () => test.cleanup(),
  };
}

export function batchOf(
  sourceId: string,
  readings: readonly TestReading[],
  extra: Partial<IncomingBatch> = {},
): IncomingBatch {
  const keys = [...new Set(readings.map(([key]) => key))];
  return {
    ...{ sourceId, keys, historical: false },
    keyIndex: Int32Array.from(readings, ([key]) => keys.indexOf(key)),
    time: Float64Array.from(readings, ([, time]) => time),
    value: Float64Array.from(readings, ([, , value]) => value),
    quality: Int16Array.from(readings, ([, , , quality]) => quality ?? 0),
    ...extra,
  };
}
