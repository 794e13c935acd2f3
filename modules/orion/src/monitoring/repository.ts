import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  type AlarmRow,
  type MonitorRow,
  orionAlarm,
  orionMonitor,
  orionMonitorVersion,
  orionScore,
  orionWatch,
  type VersionRow,
  type WatchRow,
} from './schema.ts';
import type { HourOfScores } from './score-readings.ts';

export interface ScoreHour {
  readonly hour: Date;
  readonly rows: number;
  readonly sum: number;
  readonly highest: number;
}

/** SQL of monitors, their versions and what these scored. */
export class MonitorRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async list(siteIds: readonly string[] | undefined): Promise<MonitorRow[]> {
    return this.#db.orm
      .select()
      .from(orionMonitor)
      .where(and(isNull(orionMonitor.removed_at), siteIds && inArray(orionMonitor.site_id, [...siteIds])))
      .orderBy(sql`lower(${orionMonitor.name})`, asc(orionMonitor.id));
  }

  /** Those that are watched no more as well. */
  async all(): Promise<MonitorRow[]> {
    return this.#db.orm.select().from(orionMonitor);
  }

  async one(id: string): Promise<MonitorRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(orionMonitor)
        .where(and(eq(orionMonitor.id, id), isNull(orionMonitor.removed_at)))
    )[0];
  }

  async insert(row: MonitorRow): Promise<void> {
    await this.#db.orm.insert(orionMonitor).values(row);
  }

  async update(id: string, change: Partial<Omit<MonitorRow, 'id'>>): Promise<void> {
    await this.#db.orm.update(orionMonitor).set(change).where(eq(orionMonitor.id, id));
  }

  /** Newest first. */
  async versions(monitorIds: readonly string[]): Promise<VersionRow[]> {
    if (monitorIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionMonitorVersion)
      .where(inArray(orionMonitorVersion.monitor_id, [...monitorIds]))
      .orderBy(desc(orionMonitorVersion.version));
  }

  async insertVersion(row: VersionRow, scoredTo: Date): Promise<void> {
    await this.#db.orm.insert(orionMonitorVersion).values(row);
    await this.#db.orm.insert(orionWatch).values({
      ...{ monitor_id: row.monitor_id, version: row.version, scored_to: scoredTo, state: null, late: 0, score: null },
    });
  }

  async updateVersion(monitorId: string, version: number, change: Partial<VersionRow>): Promise<void> {
    await this.#db.orm
      .update(orionMonitorVersion)
      .set(change)
      .where(and(eq(orionMonitorVersion.monitor_id, monitorId), eq(orionMonitorVersion.version, version)));
  }

  async watches(monitorIds: readonly string[]): Promise<WatchRow[]> {
    if (monitorIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionWatch)
      .where(inArray(orionWatch.monitor_id, [...monitorIds]));
  }

  async updateWatch({ monitor_id, version, ...change }: WatchRow): Promise<void> {
    await this.#db.orm
      .update(orionWatch)
      .set(change)
      .where(and(eq(orionWatch.monitor_id, monitor_id), eq(orionWatch.version, version)));
  }

  async addScores(monitorId: string, version: number, hours: readonly HourOfScores[]): Promise<void> {
    if (hours.length === 0) return;
    await this.#db.orm
      .insert(orionScore)
      .values(
        hours.map(({ hour, rows, sum, highest }) => ({
          ...{ monitor_id: monitorId, version, hour: new Date(hour), rows, sum, highest },
        })),
      )
      .onConflictDoUpdate({
        target: [orionScore.monitor_id, orionScore.version, orionScore.hour],
        set: {
          rows: sql`${orionScore.rows} + excluded.rows`,
          sum: sql`${orionScore.sum} + excluded.sum`,
          highest: sql`greatest(${orionScore.highest}, excluded.highest)`,
        },
      });
  }

  /** Scores of a version from a time on, in `buckets` of whole hours, oldest first. */
  async scores(monitorId: string, version: number, from: Date, hours: number): Promise<ScoreHour[]> {
    const { rows } = await this.#db.query<ScoreHour>(
      `select to_timestamp(floor(date_part('epoch', hour) / ($4 * 3600)) * $4 * 3600) as hour, sum(rows)::int as rows,
         sum(sum) as sum, max(highest) as highest
       from orion_score where monitor_id = $1 and version = $2 and hour >= $3 group by 1 order by 1`,
      [monitorId, version, from, hours],
    );
    return rows;
  }

  /** Adds an alarm that is not known yet; tells whether it was new. */
  async addAlarm(row: AlarmRow): Promise<boolean> {
    const added = await this.#db.orm
      .insert(orionAlarm)
      .values(row)
      .onConflictDoNothing({ target: [orionAlarm.monitor_id, orionAlarm.version, orionAlarm.from_time] })
      .returning({ id: orionAlarm.id });
    return added.length > 0;
  }

  async updateAlarm(
    key: { monitorId: string; version: number; from: Date },
    change: Partial<AlarmRow>,
  ): Promise<AlarmRow | undefined> {
    return (
      await this.#db.orm
        .update(orionAlarm)
        .set(change)
        .where(
          and(
            eq(orionAlarm.monitor_id, key.monitorId),
            eq(orionAlarm.version, key.version),
            eq(orionAlarm.from_time, key.from),
          ),
        )
        .returning()
    )[0];
  }

  async alarmsOfMonitors(monitorIds: readonly string[]): Promise<AlarmRow[]> {
    if (monitorIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionAlarm)
      .where(inArray(orionAlarm.monitor_id, [...monitorIds]))
      .orderBy(asc(orionAlarm.from_time));
  }

  async alarmsOfIncidents(incidentIds: readonly string[]): Promise<AlarmRow[]> {
    if (incidentIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionAlarm)
      .where(inArray(orionAlarm.incident_id, [...incidentIds]))
      .orderBy(asc(orionAlarm.from_time));
  }
}
