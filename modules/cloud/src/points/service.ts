import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Events, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { cloudErrors } from '../errors.ts';
import { isUnit } from '../units/units.ts';
import { type NewPoint, type PointFilter, PointRepository, type PointRow } from './repository.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    /** Points of a source were added or changed; whoever caches them must read them again. */
    'points-change': { readonly sourceId: string };
  }
}

/** One measured quantity of a source. */
export interface Point {
  readonly id: string;
  readonly number: number;
  readonly sourceId: string;
  readonly nodeId: string;
  readonly siteId: string;
  /** IANA zone of the point's site. */
  readonly timezone: string;
  readonly key: string;
  readonly name: string;
  /** UCUM code. */
  readonly unit: string;
  readonly kind: 'gauge' | 'delta' | 'counter';
  readonly stamp: 'start' | 'end';
  readonly intervalSeconds: number | null;
  readonly carrier: string | null;
  readonly quantity: string | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly registerMaximum: number | null;
  readonly retentionDays: number | null;
  /** A site's supply meter: totals of the site count these and not what hangs below them. */
  readonly mainMeter: boolean;
}

export interface PointInput {
  key: string;
  name: string;
  unit: string;
  kind: Point['kind'];
  nodeId?: string;
  stamp?: Point['stamp'];
  intervalSeconds?: number | null;
  carrier?: string | null;
  quantity?: string | null;
  minimum?: number | null;
  maximum?: number | null;
  registerMaximum?: number | null;
  retentionDays?: number | null;
  mainMeter?: boolean;
}

export type PointChange = Partial<Omit<PointInput, 'key'>>;

/** Measured quantities: listing, describing, creating for a source. */
export class PointService {
  #repository: PointRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #events: Events;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock; events: Events }) {
    this.#repository = new PointRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#events = parts.events;
  }

  async list(actor: Actor, filter: PointFilter): Promise<Point[]> {
    requirePermission(actor, 'cloud.plant.read', filter.siteId);
    return (await this.#repository.list({ ...filter, siteIds: actor.siteIds })).map(toPoint);
  }

  async point(actor: Actor, id: string): Promise<Point> {
    const row = await this.#repository.byId(id);
    if (!row) throw cloudErrors.POINT_UNKNOWN({ id });
    requirePermission(actor, 'cloud.plant.read', row.site_id);
    return toPoint(row);
  }

  /** Creates the points whose key the source does not have; what a person set on known ones stays. Returns all asked for. */
  async ensure(actor: Actor, source: { id: string; siteId: string }, inputs: readonly PointInput[]): Promise<Point[]> {
    requirePermission(actor, 'cloud.data.import', source.siteId);
    const known = new Set((await this.#repository.list({ sourceId: source.id })).map(({ key }) => key));
    const missing = inputs.filter(({ key }) => !known.has(key));
    for (const { unit } of missing) if (!isUnit(unit)) throw cloudErrors.UNIT_UNKNOWN({ unit });
    await this.#checkNodes(
      missing.flatMap(({ nodeId }) => nodeId ?? []),
      source.siteId,
    );
    if (missing.length > 0) {
      await this.#db.transaction(async () => {
        await this.#repository.insertMissing(missing.map((input) => this.#row(source, input)));
        const content = { sourceId: source.id, points: missing.map(({ key, unit, kind }) => ({ key, unit, kind })) };
        await this.#ledger.record(actor, {
          type: 'cloud.points-create',
          subject: source.id,
          siteId: source.siteId,
          content,
        });
      });
      await this.#announce(source.id);
    }
    const wanted = new Set(inputs.map(({ key }) => key));
    return (await this.#repository.list({ sourceId: source.id })).filter(({ key }) => wanted.has(key)).map(toPoint);
  }

  async change(actor: Actor, id: string, change: PointChange): Promise<Point> {
    const before = await this.#repository.byId(id);
    if (!before) throw cloudErrors.POINT_UNKNOWN({ id });
    requirePermission(actor, 'cloud.plant.write', before.site_id);
    if (change.unit !== undefined && !isUnit(change.unit)) throw cloudErrors.UNIT_UNKNOWN({ unit: change.unit });
    if (change.nodeId !== undefined) await this.#checkNodes([change.nodeId], before.site_id);
    const pick = <T>(next: T | undefined, old: T): T => (next === undefined ? old : next);
    const row: PointRow = {
      ...before,
      node_id: pick(change.nodeId, before.node_id),
      name: pick(change.name, before.name),
      unit: pick(change.unit, before.unit),
      kind: pick(change.kind, before.kind),
      stamp: pick(change.stamp, before.stamp),
      interval_seconds: pick(change.intervalSeconds, before.interval_seconds),
      carrier: pick(change.carrier, before.carrier),
      quantity: pick(change.quantity, before.quantity),
      minimum: pick(change.minimum, before.minimum),
      maximum: pick(change.maximum, before.maximum),
      register_maximum: pick(change.registerMaximum, before.register_maximum),
      retention_days: pick(change.retentionDays, before.retention_days),
      main_meter: pick(change.mainMeter, before.main_meter),
    };
    await this.#db.transaction(async () => {
      await this.#repository.update(row);
      const content = { before: toPoint(before), change };
      await this.#ledger.record(actor, { type: 'cloud.point-change', subject: id, siteId: row.site_id, content });
    });
    await this.#announce(row.source_id);
    return toPoint(row);
  }

  /** A point stands in the site that its source is of: its time zone and who may see it follow from there. */
  async #checkNodes(ids: readonly string[], siteId: string): Promise<void> {
    if (ids.length === 0) return;
    const sites = await this.#repository.sitesOfNodes([...new Set(ids)]);
    for (const id of ids) {
      const site = sites.get(id);
      if (site === undefined) throw cloudErrors.NODE_UNKNOWN({ id });
      if (site !== siteId)
        throw cloudErrors.NODE_MISPLACED({ kind: 'point', parent: 'another site than its source’s' });
    }
  }

  /** Once it is committed: who listens reads the points again, and must not find what may yet be rolled back. */
  async #announce(sourceId: string): Promise<void> {
    await this.#db.afterCommit(async () => this.#events.emit('points-change', { sourceId }));
  }

  #row(source: { id: string; siteId: string }, input: PointInput): NewPoint {
    return {
      id: newId(),
      source_id: source.id,
      node_id: input.nodeId ?? source.siteId,
      key: input.key,
      name: input.name,
      unit: input.unit,
      kind: input.kind,
      stamp: input.stamp ?? 'end',
      interval_seconds: input.intervalSeconds ?? null,
      carrier: input.carrier ?? null,
      quantity: input.quantity ?? null,
      minimum: input.minimum ?? null,
      maximum: input.maximum ?? null,
      register_maximum: input.registerMaximum ?? null,
      retention_days: input.retentionDays ?? null,
      main_meter: input.mainMeter ?? false,
      created_at: this.#clock.now(),
    };
  }
}

function toPoint(row: PointRow): Point {
  return {
    id: row.id,
    number: row.number,
    sourceId: row.source_id,
    nodeId: row.node_id,
    siteId: row.site_id,
    timezone: row.timezone,
    key: row.key,
    name: row.name,
    unit: row.unit,
    kind: row.kind,
    stamp: row.stamp,
    intervalSeconds: row.interval_seconds,
    carrier: row.carrier,
    quantity: row.quantity,
    minimum: row.minimum,
    maximum: row.maximum,
    registerMaximum: row.register_maximum,
    retentionDays: row.retention_days,
    mainMeter: row.main_meter,
  };
}
