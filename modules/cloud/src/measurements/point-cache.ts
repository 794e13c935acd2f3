import { type Database, int4Array } from '@millwright/db';
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
  /** How long readings are kept, infinite where nothing is said. */
  readonly keptMs: number;
  /** Declared distance of readings, 0 where none is. */
  readonly intervalMs: number;
  readonly days: LocalDays;
  /** Newest reading stored, of any quality. */
  lastTime: number;
  /** Newest value that is not bad, and its time, NaN while there is none; what a register's next rise counts from. */
  lastValue: number;
  goodTime: number;
  /** Time of the one before it that is not bad. */
  goodTimeBefore: number;
  /** Newest reading of the group under way, valid while `group` is that group's number. */
  groupTime: number;
  group: number;
  /** Number of the batch in which a reading of this point came out of order last. */
  disorder: number;
  /** How many of the next readings are to be summed from the database, since nobody knows what is stored before them. */
  doubtful: number;
}

/** Beyond this no plant quantity goes; a value there is a broken transmitter or a wrong decimal sign. */
const absurd = 1e15;

const noReading = {
  lastTime: Number.NEGATIVE_INFINITY,
  lastValue: Number.NaN,
  goodTime: Number.NaN,
  goodTimeBefore: Number.NaN,
};

/** What is stored of a point: its newest reading, and the two newest that are not bad. */
interface NewestReadings {
  readonly time: number;
  readonly value: number | null;
  readonly good: Date | null;
  readonly before: Date | null;
}

/** Moves a point's newest usable readings on, in whichever order they come. */
export function noteGoodReading(point: PointState, time: number, value: number): void {
  if (!(time <= point.goodTime)) {
    point.goodTimeBefore = point.goodTime;
    point.goodTime = time;
    point.lastValue = value;
  } else if (time < point.goodTime && !(time <= point.goodTimeBefore)) point.goodTimeBefore = time;
}

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
      const facts = {
        id: row.id,
        number: row.number,
        sourceId,
        key: row.key,
        kind: row.kind,
        closesInterval: row.kind === 'counter' || (row.kind === 'delta' && row.stamp === 'end'),
        minimum: row.minimum ?? (row.kind === 'gauge' ? -absurd : 0),
        maximum: row.maximum ?? absurd,
        registerMaximum: row.register_maximum,
        keptMs: row.retention_days === null ? Number.POSITIVE_INFINITY : row.retention_days * 86_400_000,
        intervalMs: (row.interval_seconds ?? 0) * 1000,
        days: this.#zone(row.timezone),
      };
      const known = this.#byNumber.get(row.number);
      // One object a point for ever: batches on their way to the database hold it while it is read anew.
      const state: PointState = known
        ? Object.assign(known, facts)
        : { ...facts, ...noReading, groupTime: 0, group: 0, disorder: 0, doubtful: 0 };
      const last = newest.get(row.number);
      if (last && last.time > state.lastTime) state.lastTime = last.time;
      if (last) {
        // The older first: each takes its place among what is known by now.
        if (last.before !== null) noteGoodReading(state, last.before.getTime(), Number.NaN);
        if (last.good !== null) noteGoodReading(state, last.good.getTime(), last.value ?? Number.NaN);
      }
      states.set(row.key, state);
      this.#byNumber.set(row.number, state);
    }
    return states;
  }

  async #newest(numbers: number[]): Promise<Map<number, NewestReadings>> {
    const newest = `select time, value from cloud_measurement where point = n.point`;
    const { rows } = await this.#db.query<Omit<NewestReadings, 'time'> & { point: number; time: Date }>(
      `select n.point, m.time, g.value, g.time as good, b.time as before from unnest($1::int4[]) n(point)
       cross join lateral (${newest} order by time desc limit 1) m
       left join lateral (${newest} and quality <> 2 order by time desc limit 1) g on true
       left join lateral (${newest} and quality <> 2 and time < g.time order by time desc limit 1) b on true`,
      [int4Array(numbers)],
    );
    return new Map(rows.map(({ point, time, ...good }) => [point, { time: time.getTime(), ...good }]));
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
