import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { cloudErrors } from '../errors.ts';
import { type NodeKind, type NodeRow, PlantRepository } from './repository.ts';

export interface PlantNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly parentId: string | null;
  readonly siteId: string;
  readonly name: string;
  readonly timezone: string | null;
  readonly floorAreaM2: number | null;
  readonly region: string | null;
  readonly description: string;
}

export interface NodeInput {
  kind: NodeKind;
  parentId: string | null;
  name: string;
  timezone?: string;
  floorAreaM2?: number | null;
  region?: string | null;
  description?: string;
}

export type NodeChange = Partial<Omit<NodeInput, 'kind'>>;

/** What may stand under what: the ISA-95 order, levels may be left out, an asset may hold parts of its own. */
const parents: Record<NodeKind, readonly NodeKind[]> = {
  site: [],
  area: ['site', 'area'],
  line: ['site', 'area'],
  asset: ['site', 'area', 'line', 'asset'],
};

export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Sites, areas, lines and assets. */
export class PlantService {
  #repository: PlantRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock }) {
    this.#repository = new PlantRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
  }

  /** All nodes the actor may see, sites first. */
  async tree(actor: Actor): Promise<PlantNode[]> {
    requirePermission(actor, 'cloud.plant.read');
    return (await this.#repository.nodes(actor.siteIds)).map(toNode);
  }

  async node(actor: Actor, id: string): Promise<PlantNode> {
    const row = await this.#row(id);
    requirePermission(actor, 'cloud.plant.read', row.site_id);
    return toNode(row);
  }

  /** A site by name (or id). Throws SITE_UNKNOWN with the names there are. */
  async site(actor: Actor, name: string): Promise<PlantNode> {
    requirePermission(actor, 'cloud.plant.read');
    const row = await this.#repository.siteByName(name);
    if (!row) {
      const known = (await this.#repository.nodes(actor.siteIds))
        .filter(({ kind }) => kind === 'site')
        .map((site) => site.name);
      throw cloudErrors.SITE_UNKNOWN({ site: name, known });
    }
    requirePermission(actor, 'cloud.plant.read', row.id);
    return toNode(row);
  }

  async findSite(actor: Actor, name: string): Promise<PlantNode | undefined> {
    requirePermission(actor, 'cloud.plant.read');
    const row = await this.#repository.siteByName(name);
    return row && toNode(row);
  }

  async findChild(actor: Actor, parentId: string, name: string): Promise<PlantNode | undefined> {
    requirePermission(actor, 'cloud.plant.read');
    const row = await this.#repository.childByName(parentId, name);
    return row && toNode(row);
  }

  async create(actor: Actor, input: NodeInput): Promise<PlantNode> {
    const parent = input.parentId === null ? undefined : await this.#row(input.parentId);
    requirePermission(actor, 'cloud.plant.write', parent?.site_id);
    this.#checkPlace(input.kind, parent);
    const id = newId();
    // Whoever has rights on some sites only cannot bring a new one into being, and would not see it.
    if (input.kind === 'site') requirePermission(actor, 'cloud.plant.write', id);
    if (input.kind === 'site') this.#checkTimezone(input.timezone ?? 'UTC');
    const row: NodeRow = {
      id,
      kind: input.kind,
      parent_id: parent?.id ?? null,
      site_id: parent?.site_id ?? id,
      name: input.name,
      timezone: input.kind === 'site' ? (input.timezone ?? 'UTC') : null,
      floor_area_m2: input.floorAreaM2 ?? null,
      region: input.region ?? null,
      description: input.description ?? '',
      created_at: this.#clock.now(),
      deleted_at: null,
    };
    return this.#write(actor, row, 'cloud.node-create', { ...toNode(row) }, () => this.#repository.insert(row));
  }

  /** Renames, moves or changes; history stays, since everything hangs on the id. */
  async change(actor: Actor, id: string, change: NodeChange): Promise<PlantNode> {
    const before = await this.#row(id);
    requirePermission(actor, 'cloud.plant.write', before.site_id);
    const row: NodeRow = {
      ...before,
      name: change.name ?? before.name,
      timezone: before.kind === 'site' ? (change.timezone ?? before.timezone) : null,
      floor_area_m2: change.floorAreaM2 === undefined ? before.floor_area_m2 : change.floorAreaM2,
      region: change.region === undefined ? before.region : change.region,
      description: change.description ?? before.description,
    };
    if (row.timezone !== null) this.#checkTimezone(row.timezone);
    if (change.parentId && change.parentId !== before.parent_id) {
      const parent = await this.#row(change.parentId);
      this.#checkPlace(before.kind, parent);
      await this.#checkNoLoop(before, parent);
      row.parent_id = parent.id;
    }
    const content = { before: toNode(before), after: toNode(row) };
    return this.#write(actor, row, 'cloud.node-change', content, () => this.#repository.update(row));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(id);
    requirePermission(actor, 'cloud.plant.write', row.site_id);
    const points = await this.#repository.load(id);
    if (points > 0) throw cloudErrors.NODE_IN_USE({ name: row.name, points });
    await this.#write(actor, row, 'cloud.node-remove', { ...toNode(row) }, () =>
      this.#repository.remove(id, this.#clock.now()),
    );
  }

  /** Brings back a node that was removed, under the parent it stood under. */
  async restore(actor: Actor, id: string): Promise<PlantNode> {
    const row = await this.#repository.removed(id);
    if (!row) throw cloudErrors.NODE_UNKNOWN({ id });
    requirePermission(actor, 'cloud.plant.write', row.site_id);
    if (row.parent_id !== null) await this.#row(row.parent_id);
    return this.#write(actor, row, 'cloud.node-restore', { ...toNode(row) }, () => this.#repository.restore(id));
  }

  async #write(
    actor: Actor,
    row: NodeRow,
    type: string,
    content: object,
    work: () => Promise<void>,
  ): Promise<PlantNode> {
    try {
      await this.#db.transaction(async () => {
        await work();
        await this.#ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content });
      });
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw cloudErrors.NODE_EXISTS({ name: row.name }, error);
      throw error;
    }
    return toNode(row);
  }

  async #row(id: string): Promise<NodeRow> {
    const row = await this.#repository.node(id);
    if (!row) throw cloudErrors.NODE_UNKNOWN({ id });
    return row;
  }

  #checkPlace(kind: NodeKind, parent: NodeRow | undefined): void {
    const fits = parent ? parents[kind].includes(parent.kind) : kind === 'site';
    if (!fits)
      throw cloudErrors.NODE_MISPLACED({ kind, parent: parent ? `the ${parent.kind} ${parent.name}` : 'nothing' });
  }

  async #checkNoLoop(node: NodeRow, parent: NodeRow): Promise<void> {
    if (parent.site_id !== node.site_id) throw cloudErrors.NODE_MISPLACED({ kind: node.kind, parent: 'another site' });
    for (
      let at: NodeRow | undefined = parent;
      at;
      at = at.parent_id === null ? undefined : await this.#row(at.parent_id)
    ) {
      if (at.id === node.id) throw cloudErrors.NODE_MISPLACED({ kind: node.kind, parent: 'itself' });
    }
  }

  #checkTimezone(timezone: string): void {
    if (!isTimezone(timezone)) throw cloudErrors.TIMEZONE_UNKNOWN({ timezone });
  }
}

function toNode(row: NodeRow): PlantNode {
  return {
    id: row.id,
    kind: row.kind,
    parentId: row.parent_id,
    siteId: row.site_id,
    name: row.name,
    timezone: row.timezone,
    floorAreaM2: row.floor_area_m2,
    region: row.region,
    description: row.description,
  };
}
