import type { Database } from '@millwright/db';
import type { Severity } from '@millwright/kernel';
import { and, desc, eq, gte, inArray, isNotNull } from 'drizzle-orm';
import { type IncidentRow, orionIncident } from '../schema.ts';

export const incidentSorts = ['number', 'severity', 'from', 'to', 'asset'] as const;
export type IncidentSort = (typeof incidentSorts)[number];

export interface PlacedIncident extends IncidentRow {
  readonly node_name: string;
  readonly site_name: string;
  readonly timezone: string;
}

export interface IncidentFilter {
  readonly siteIds?: readonly string[];
  readonly ids?: readonly string[];
  readonly state?: IncidentRow['state'];
  readonly severity?: Severity;
  readonly verdict?: string;
  readonly nodeId?: string;
  readonly text?: string;
  readonly sort: IncidentSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

const sorts: Record<IncidentSort, string> = {
  number: 'i.number',
  severity: `array_position(array['info','warning','alarm','critical'], i.severity)`,
  from: 'i.from_time',
  to: 'i.to_time',
  asset: 'lower(n.name)',
};

/** SQL of incidents. */
export class IncidentRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async list(filter: IncidentFilter): Promise<{ rows: PlacedIncident[]; total: number }> {
    const { rows } = await this.#db.query<PlacedIncident & { total: number }>(
      `select i.*, n.name as node_name, s.name as site_name, s.timezone, count(*) over () as total
       from orion_incident i join cloud_node n on n.id = i.node_id join cloud_node s on s.id = i.site_id
       where ($1::uuid[] is null or i.site_id = any($1)) and ($2::uuid[] is null or i.id = any($2))
         and ($3::text is null or i.state = $3) and ($4::text is null or i.severity = $4)
         and ($5::text is null or i.verdict = $5 or ($5 = 'none' and i.verdict is null)) and ($6::uuid is null or i.node_id = $6)
         and ($7::text is null or concat_ws(' ', i.number, n.name, s.name, i.comment) ilike $7)
       order by ${sorts[filter.sort]} ${filter.descending ? 'desc' : 'asc'}, i.number desc offset $8 limit $9`,
      [
        ...[filter.siteIds ?? null, filter.ids ?? null, filter.state ?? null, filter.severity ?? null],
        ...[filter.verdict ?? null, filter.nodeId ?? null],
        filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`,
        ...[filter.offset, filter.limit],
      ],
    );
    return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
  }

  async one(id: string): Promise<PlacedIncident | undefined> {
    const filter = { ids: [id], sort: 'number', descending: false, offset: 0, limit: 1 } as const;
    return (await this.list(filter)).rows[0];
  }

  async hold(id: string): Promise<IncidentRow | undefined> {
    return (await this.#db.orm.select().from(orionIncident).where(eq(orionIncident.id, id)).for('update'))[0];
  }

  /** Open ones of a site that were still going on at a time, the newest first. */
  async openSince(siteId: string, time: Date): Promise<IncidentRow[]> {
    return this.#db.orm
      .select()
      .from(orionIncident)
      .where(and(eq(orionIncident.site_id, siteId), eq(orionIncident.state, 'open'), gte(orionIncident.to_time, time)))
      .orderBy(desc(orionIncident.from_time));
  }

  /** Those that people judged, of some nodes or of all, the newest first. */
  async judged(siteIds: readonly string[] | undefined, most: number): Promise<IncidentRow[]> {
    return this.#db.orm
      .select()
      .from(orionIncident)
      .where(and(isNotNull(orionIncident.verdict), siteIds && inArray(orionIncident.site_id, [...siteIds])))
      .orderBy(desc(orionIncident.from_time))
      .limit(most);
  }

  async ofNodes(nodeIds: readonly string[]): Promise<IncidentRow[]> {
    if (nodeIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionIncident)
      .where(inArray(orionIncident.node_id, [...nodeIds]));
  }

  async byIds(ids: readonly string[]): Promise<IncidentRow[]> {
    if (ids.length === 0) return [];
    return this.#db.orm
      .select()
      .from(orionIncident)
      .where(inArray(orionIncident.id, [...ids]));
  }

  async insert(row: Omit<IncidentRow, 'number'>): Promise<number> {
    const [made] = await this.#db.orm.insert(orionIncident).values(row).returning({ number: orionIncident.number });
    return made!.number;
  }

  async update(id: string, change: Partial<Omit<IncidentRow, 'id' | 'number'>>): Promise<void> {
    await this.#db.orm.update(orionIncident).set(change).where(eq(orionIncident.id, id));
  }
}
