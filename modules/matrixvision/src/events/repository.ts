import type { Database } from '@millwright/db';
import { and, asc, desc, eq, gte, ilike, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { type EventRow, matrixvisionCamera, matrixvisionEvent } from '../schema.ts';
import type { EventFilter } from './schemas.ts';

export interface NamedEventRow {
  readonly event: EventRow;
  readonly cameraName: string;
}

/** A pattern of LIKE that finds the text itself. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** SQL of events. */
export class EventRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  /** Returns the ids of those that were not there yet. */
  async insertNew(rows: readonly EventRow[]): Promise<string[]> {
    if (rows.length === 0) return [];
    const { id } = matrixvisionEvent;
    const added = await this.#db.orm
      .insert(matrixvisionEvent)
      .values([...rows])
      .onConflictDoNothing()
      .returning({ id });
    return added.map((row) => row.id);
  }

  async byId(id: string): Promise<NamedEventRow | undefined> {
    return (await this.#named().where(eq(matrixvisionEvent.id, id)))[0];
  }

  /** Which camera saw each of these events. */
  async camerasOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#db.orm
      .select({ id: matrixvisionEvent.id, camera: matrixvisionEvent.camera_id })
      .from(matrixvisionEvent)
      .where(inArray(matrixvisionEvent.id, [...ids]));
    return new Map(rows.map(({ id, camera }) => [id, camera]));
  }

  /** Newest first. */
  async list(filter: EventFilter, siteIds?: readonly string[]): Promise<NamedEventRow[]> {
    const after = filter.after === undefined ? undefined : (await this.byId(filter.after))?.event;
    return this.#named()
      .where(
        and(
          isNull(matrixvisionEvent.kept_back),
          ...this.#conditions(filter, siteIds),
          after &&
            or(
              lt(matrixvisionEvent.at, after.at),
              and(eq(matrixvisionEvent.at, after.at), lt(matrixvisionEvent.id, after.id)),
            ),
        ),
      )
      .orderBy(desc(matrixvisionEvent.at), desc(matrixvisionEvent.id))
      .limit(filter.limit);
  }

  async count(filter: EventFilter, siteIds?: readonly string[]): Promise<number> {
    const rows = await this.#db.orm
      .select({ count: sql<number>`count(*)::int` })
      .from(matrixvisionEvent)
      .innerJoin(matrixvisionCamera, eq(matrixvisionCamera.id, matrixvisionEvent.camera_id))
      .where(and(isNull(matrixvisionEvent.kept_back), ...this.#conditions(filter, siteIds)));
    return rows[0]?.count ?? 0;
  }

  async change(id: string, values: Partial<EventRow>): Promise<void> {
    await this.#db.orm.update(matrixvisionEvent).set(values).where(eq(matrixvisionEvent.id, id));
  }

  /** Which of the events are of the camera. */
  async ofCamera(cameraId: string, ids: readonly string[]): Promise<string[]> {
    const { id, camera_id } = matrixvisionEvent;
    const rows = await this.#db.orm
      .select({ id })
      .from(matrixvisionEvent)
      .where(and(eq(camera_id, cameraId), inArray(id, [...ids])));
    return rows.map((row) => row.id);
  }

  /** Events without proof yet, up to a time; oldest first. */
  async unproven(cameraId: string, to: Date): Promise<EventRow[]> {
    return this.#db.orm
      .select()
      .from(matrixvisionEvent)
      .where(
        and(
          eq(matrixvisionEvent.camera_id, cameraId),
          isNull(matrixvisionEvent.finding_id),
          isNull(matrixvisionEvent.proof_missing),
          lte(matrixvisionEvent.at, to),
        ),
      )
      .orderBy(asc(matrixvisionEvent.at));
  }

  /** Events of cameras of this server without proof yet, oldest first: after a start those that a killed one left. */
  async unfinished(): Promise<EventRow[]> {
    const { finding_id, proof_missing, at } = matrixvisionEvent;
    const rows = await this.#db.orm
      .select({ event: matrixvisionEvent })
      .from(matrixvisionEvent)
      .innerJoin(matrixvisionCamera, eq(matrixvisionCamera.id, matrixvisionEvent.camera_id))
      .where(and(isNull(finding_id), isNull(proof_missing), isNull(matrixvisionCamera.box_id)))
      .orderBy(asc(at));
    return rows.map(({ event }) => event);
  }

  /** How many events there were, and how many of what was reviewed was right; crossings without an event are judged as well. */
  async reviews(filter: EventFilter, siteIds?: readonly string[]) {
    const { camera_id, rule_id, rule_name, kind, state, kept_back } = matrixvisionEvent;
    return this.#db.orm
      .select({
        ...{ cameraId: camera_id, cameraName: matrixvisionCamera.name, ruleId: rule_id },
        ruleName: sql<string>`max(${rule_name})`,
        kind: sql<string>`max(${kind})`,
        events: sql<number>`(count(*) filter (where ${kept_back} is null))::int`,
        confirmed: sql<number>`(count(*) filter (where ${state} = 'confirmed'))::int`,
        rejected: sql<number>`(count(*) filter (where ${state} = 'rejected'))::int`,
      })
      .from(matrixvisionEvent)
      .innerJoin(matrixvisionCamera, eq(matrixvisionCamera.id, camera_id))
      .where(and(...this.#conditions(filter, siteIds)))
      .groupBy(camera_id, matrixvisionCamera.name, rule_id)
      .orderBy(asc(matrixvisionCamera.name), asc(rule_id));
  }

  #named() {
    return this.#db.orm
      .select({ event: matrixvisionEvent, cameraName: matrixvisionCamera.name })
      .from(matrixvisionEvent)
      .innerJoin(matrixvisionCamera, eq(matrixvisionCamera.id, matrixvisionEvent.camera_id))
      .$dynamic();
  }

  #conditions(filter: EventFilter, siteIds?: readonly string[]) {
    const { camera, site, rule, kind, severity, state, text, from, to } = filter;
    const event = matrixvisionEvent;
    return [
      siteIds && inArray(event.site_id, [...siteIds]),
      camera === undefined ? undefined : eq(event.camera_id, camera),
      site === undefined ? undefined : eq(event.site_id, site),
      rule === undefined ? undefined : eq(event.rule_id, rule),
      kind === undefined ? undefined : eq(event.kind, kind),
      severity === undefined ? undefined : eq(event.severity, severity),
      state === undefined ? undefined : eq(event.state, state),
      from === undefined ? undefined : gte(event.at, new Date(from)),
      to === undefined ? undefined : lt(event.at, new Date(to)),
      text === undefined
        ? undefined
        : or(
            ilike(event.rule_name, containing(text)),
            ilike(matrixvisionCamera.name, containing(text)),
            ilike(event.label, containing(text)),
          ),
    ];
  }
}
