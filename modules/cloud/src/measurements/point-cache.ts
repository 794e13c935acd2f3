import type { Database } from '@millwright/db';
import { PointRepository, type PointRow } from '../points/repository.ts';
import { LocalDays } from './buckets.ts';

/** What storing a reading needs to know of its point, and the newest reading stored. */
export interface PointState {
  readonly id: string;
  readonly number: number;
  readonly sourceId: string;
  readonly key: string;
  readonly kind: PointRow['kind'];
  /** Readings tell of the time before their stamp: registers, and amounts stamped at the end of their interval. */
  readonly closesInterval: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly registerMaximum: number | null;
  readonly days: LocalDays;
  lastTime: number;
  lastValue: number;
}

/** Beyond this no plant quantity goes; a value there is a broken transmitter or a wrong decimal sign. */
const absurd = 1e15;

/** Points by source and key, read once per source and kept until they change. */
export class PointCache {
  #db: Database;
  #points: PointRepository;
  #sources = new Map<string, Promise<Map<string, PointState>>>();
  #byNumber = new Map<number, PointState>();
  #zones = new Map<string, LocalDays>();
  /** Counts changes, so that callers can keep what they looked up until it moves. */
  version = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#points = new PointRepository(db);
  }

  source(sourceId: string): Promise<Map<string, PointState>> {
    let loaded = this.#sources.get(sourceId);
    if (!loaded) {
      loaded = this.#load(sourceId);
      this.#sources.set(sourceId, loaded);
      loaded.catch(() => this.#sources.delete(sourceId));
    }
    return loaded;
  }

  /** The newest reading seen for a point, when its source is loaded. */
  state(number: number): PointState | undefined {
    return this.#byNumber.get(number);
  }

  forget(sourceId: string): void {
    this.#sources.delete(sourceId);
    this.version += 1;
  }

  async #load(sourceId: string): Promise<Map<string, PointState>> {
    const rows = await this.#points.list({ sourceId });
    const newest = await this.#newest(rows.map(({ number }) => number));
    const states = new Map<string, PointState>();
    for (const row of rows) {
      const last = newest.get(row.number);
      const known = this.#byNumber.get(row.number);
      const state: PointState = {
        id: row.id,
        number: row.number,
        sourceId,
        key: row.key,
        kind: row.kind,
        closesInterval: row.kind === 'counter' || (row.kind === 'delta' && row.stamp === 'end'),
        minimum: row.minimum ?? (row.kind === 'gauge' ? -absurd : 0),
        maximum: row.maximum ?? absurd,
        registerMaximum: row.register_maximum,
        days: this.#zone(row.timezone),
        lastTime: Math.max(known?.lastTime ?? Number.NEGATIVE_INFINITY, last?.time ?? Number.NEGATIVE_INFINITY),
        lastValue:
          known && known.lastTime > (last?.time ?? Number.NEGATIVE_INFINITY)
            ? known.lastValue
            : (last?.value ?? Number.NaN),
      };
      states.set(row.key, state);
      this.#byNumber.set(row.number, state);
    }
    return states;
  }

  async #newest(numbers: number[]): Promise<Map<number, { time: number; value: number }>> {
    const { rows } = await this.#db.query<{ point: number; time: Date; value: number }>(
      `select n.point, m.time, m.value from unnest($1::int[]) n(point)
       cross join lateral (select time, value from cloud_measurement where point = n.point order by time desc limit 1) m`,
      [numbers],
    );
    return new Map(rows.map(({ point, time, value }) => [point, { time: time.getTime(), value }]));
  }

  #zone(timezone: string): LocalDays {
    let days = this.#zones.get(timezone);
    if (!days) {
      days = new LocalDays(timezone);
      this.#zones.set(timezone, days);
    }
    return days;
  }
}
