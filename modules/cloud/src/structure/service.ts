import { buffer } from 'node:stream/consumers';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, isMillwrightError, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { connectorFor } from '../connectors/registry.ts';
import { cloudErrors } from '../errors.ts';
import type { PlantNode, PlantService } from '../plant/service.ts';
import type { Point, PointService } from '../points/service.ts';
import { fileKind, type Source, type SourceService } from '../sources/service.ts';
import { joinPath, splitPath } from './node-path.ts';
import { type PointFacts, pointCells, pointFacts, RowProblem } from './point-facts.ts';
import { readStructure, type StructureRow, writeStructureCsv, writeStructureWorkbook } from './structure-table.ts';

export interface StructureImportResult {
  /** Rows of the file = created + updated + unchanged + rejects. */
  readonly rows: number;
  /** Rows whose point (or, without a point, whose node) was not there before. */
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Row 1 is the first below the heading. One reject, and nothing of the file is kept. */
  readonly rejects: readonly { readonly row: number; readonly reason: string }[];
  /** False for a dry run and where a row was rejected. */
  readonly applied: boolean;
}

interface StructureParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly plant: PlantService;
  readonly sources: SourceService;
  readonly points: PointService;
}

/** A table of this many bytes describes half a million points. */
const mostBytes = 128 * 1024 * 1024;

/** Ends the transaction without keeping anything. */
class NothingKept extends Error {}

/** The whole plant as one table: out, edited in a spreadsheet, and in again. */
export class StructureService {
  #parts: StructureParts;
  constructor(parts: StructureParts) {
    this.#parts = parts;
  }

  /** One row per point, and one per node that carries nothing. */
  async export(actor: Actor, format: 'csv' | 'xlsx'): Promise<Buffer> {
    requirePermission(actor, 'cloud.plant.read');
    const rows = await this.#rows(actor);
    return format === 'csv' ? writeStructureCsv(rows) : writeStructureWorkbook(rows);
  }

  /**
   * Creates nodes by their path, file sources and points that are missing, and writes the facts of points that are there
   * (found by source and key; another path moves them). All of the file or nothing. Throws UPLOAD_UNKNOWN,
   * STRUCTURE_FILE_INVALID, ACCESS_SITE_DENIED.
   */
  async import(
    actor: Actor,
    request: { hash: string; fileName: string; dryRun: boolean },
  ): Promise<StructureImportResult> {
    requirePermission(actor, 'cloud.plant.write');
    const { hash, fileName, dryRun } = request;
    const rows = await readStructure(await this.#read(hash, fileName), fileName);
    let result: StructureImportResult | undefined;
    try {
      await this.#parts.db.transaction(async () => {
        result = await this.#apply(actor, rows);
        if (dryRun || !result.applied) throw new NothingKept();
        const { created, updated, unchanged } = result;
        await this.#parts.ledger.record(actor, {
          type: 'cloud.structure-import',
          subject: hash,
          content: { file: hash, fileName, created, updated, unchanged },
        });
      });
    } catch (error) {
      if (!(error instanceof NothingKept)) throw error;
    }
    return { ...result!, applied: result!.applied && !dryRun };
  }

  async #read(hash: string, fileName: string): Promise<Buffer> {
    const { blobs } = this.#parts;
    if (!(await blobs.has(hash))) throw cloudErrors.UPLOAD_UNKNOWN({ hash });
    const { size } = await blobs.stat(hash);
    if (size > mostBytes)
      throw cloudErrors.STRUCTURE_FILE_INVALID({ fileName, reason: `${size} bytes are more than ${mostBytes}` });
    return buffer(await blobs.get(hash));
  }

  async #rows(actor: Actor): Promise<StructureRow[]> {
    const nodes = await this.#parts.plant.tree(actor);
    const sources = await this.#parts.sources.list(actor);
    const points = await this.#parts.points.list(actor, {});
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const used = new Set([...points.map(({ nodeId }) => nodeId), ...nodes.map(({ parentId }) => parentId)]);
    const pathOf = (id: string): PlantNode[] => {
      const path: PlantNode[] = [];
      for (let node = byId.get(id); node; node = byId.get(node.parentId ?? '')) path.unshift(node);
      return path;
    };
    const pointsOf = Map.groupBy(points, ({ nodeId }) => nodeId);
    const sourceOf = new Map(sources.map((source) => [source.id, source]));
    const rows: { sort: string; row: StructureRow }[] = [];
    for (const node of nodes) {
      const path = pathOf(node.id);
      const place = placeCells(path);
      const sort = path.map(({ name }) => name).join('\0');
      if (!used.has(node.id)) rows.push({ sort, row: place });
      for (const point of pointsOf.get(node.id) ?? []) {
        const source = sourceOf.get(point.sourceId);
        // Points of a source that was taken away keep their history, and are no part of the plant any more.
        if (!source) continue;
        const origin = { source: source.name, 'source kind': source.kind };
        rows.push({
          sort: `${sort}\0${source.name}\0${point.key}`,
          row: { ...place, ...origin, ...pointCells(point) },
        });
      }
    }
    return rows.sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0)).map(({ row }) => row);
  }

  async #apply(actor: Actor, rows: readonly StructureRow[]): Promise<StructureImportResult> {
    const pass = new ImportPass(this.#parts, actor);
    await pass.load();
    const counts = { created: 0, updated: 0, unchanged: 0 };
    const rejects: { row: number; reason: string }[] = [];
    for (const [index, row] of rows.entries()) {
      try {
        counts[await pass.row(row, index + 1)] += 1;
      } catch (error) {
        rejects.push({ row: index + 1, reason: reasonOf(error) });
      }
    }
    if (rejects.length === 0) await pass.writePoints();
    return { rows: rows.length, ...counts, rejects, applied: rejects.length === 0 };
  }
}

/** What a row is rejected for; everything else ends the import. */
function reasonOf(error: unknown): string {
  if (error instanceof RowProblem) return error.message;
  // A catalogue error with a cause comes out of the database, where the transaction has ended with it.
  if (isMillwrightError(error) && error.status === 422 && error.cause === undefined) return error.message;
  throw error;
}

function placeCells(path: readonly PlantNode[]): StructureRow {
  const names = (kind: PlantNode['kind']) => path.filter((node) => node.kind === kind).map(({ name }) => name);
  return {
    site: path[0]?.name ?? '',
    timezone: path[0]?.timezone ?? '',
    area: joinPath(names('area')),
    line: joinPath(names('line')),
    'asset path': joinPath(names('asset')),
  };
}

type Outcome = 'created' | 'updated' | 'unchanged';

/** One pass over a file: knows the plant as the rows before have made it. */
class ImportPass {
  #parts: StructureParts;
  #actor: Actor;
  #nodes = new Map<string, PlantNode>();
  #sources = new Map<string, Source>();
  #points = new Map<string, Point>();
  #seen = new Map<string, number>();
  #newPoints = new Map<Source, Parameters<PointService['ensure']>[2][number][]>();

  constructor(parts: StructureParts, actor: Actor) {
    this.#parts = parts;
    this.#actor = actor;
  }

  async load(): Promise<void> {
    const { plant, sources, points } = this.#parts;
    for (const node of await plant.tree(this.#actor)) this.#nodes.set(nodeKey(node.parentId, node.name), node);
    for (const source of await sources.list(this.#actor))
      this.#sources.set(nodeKey(source.siteId, source.name), source);
    for (const point of await points.list(this.#actor, {})) this.#points.set(`${point.sourceId} ${point.key}`, point);
  }

  async row(row: StructureRow, number: number): Promise<Outcome> {
    const [node, isNew] = await this.#place(row);
    requirePermission(this.#actor, 'cloud.plant.write', node.siteId);
    const key = row['point key'];
    if (!row.source && !key) return isNew ? 'created' : 'unchanged';
    if (!row.source || !key) throw new RowProblem('a point needs both a source and a point key');
    const facts = pointFacts(row);
    const source = await this.#source(node.siteId, row.source, row['source kind']);
    const identity = `${source.id} ${key}`;
    const before = this.#seen.get(identity);
    if (before !== undefined)
      throw new RowProblem(`row ${before} describes the point ${key} of ${source.name} already`);
    this.#seen.set(identity, number);
    const known = this.#points.get(identity);
    if (known) return this.#change(known, { ...facts, nodeId: node.id });
    const { name = key, unit, kind } = facts;
    if (!unit) throw new RowProblem('a new point needs a unit; 1 is the unit of a plain number');
    if (!kind) throw new RowProblem('a new point needs a kind: gauge, delta or counter');
    const added = this.#newPoints.get(source) ?? [];
    added.push({ ...facts, key, name, unit, kind, nodeId: node.id });
    this.#newPoints.set(source, added);
    return 'created';
  }

  /** New points of one source together: one entry in the ledger for each source, not for each point. */
  async writePoints(): Promise<void> {
    for (const [source, inputs] of this.#newPoints) await this.#parts.points.ensure(this.#actor, source, inputs);
  }

  async #change(point: Point, facts: PointFacts & { nodeId: string }): Promise<Outcome> {
    const changed = Object.entries(facts).filter(
      ([name, value]) => value !== undefined && value !== point[name as keyof Point],
    );
    if (changed.length === 0) return 'unchanged';
    await this.#parts.points.change(this.#actor, point.id, Object.fromEntries(changed));
    return 'updated';
  }

  /** The node that a row stands for, with every missing one above it made. */
  async #place(row: StructureRow): Promise<[PlantNode, boolean]> {
    if (!row.site) throw new RowProblem('the site is missing');
    let isNew = false;
    let node = this.#nodes.get(nodeKey(null, row.site));
    if (!node) {
      // A site that this actor may not see exists all the same.
      const hidden = await this.#parts.plant.findSite(this.#actor, row.site);
      if (hidden) requirePermission(this.#actor, 'cloud.plant.write', hidden.id);
      if (!row.timezone) throw new RowProblem(`the new site ${row.site} needs a timezone, such as Europe/Berlin`);
      node = await this.#create('site', null, row.site, row.timezone);
      isNew = true;
    } else if (row.timezone && row.timezone !== node.timezone) {
      throw new RowProblem(`the site ${node.name} stands in ${node.timezone}; change its zone on the Plant page`);
    }
    const steps = [
      ...splitPath(row.area).map((name) => ['area', name] as const),
      ...splitPath(row.line).map((name) => ['line', name] as const),
      ...splitPath(row['asset path']).map((name) => ['asset', name] as const),
    ];
    for (const [kind, name] of steps) {
      if (name === '') throw new RowProblem(`a name in the path of ${kind}s is empty`);
      const found: PlantNode | undefined = this.#nodes.get(nodeKey(node.id, name));
      if (found && found.kind !== kind)
        throw new RowProblem(`${name} is there already, as ${found.kind} and not as ${kind}`);
      isNew = !found;
      node = found ?? (await this.#create(kind, node.id, name));
    }
    return [node, isNew];
  }

  async #create(kind: PlantNode['kind'], parentId: string | null, name: string, timezone?: string): Promise<PlantNode> {
    if (name.length > 200) throw new RowProblem(`the name ${name.slice(0, 30)}… is longer than 200 characters`);
    const node = await this.#parts.plant.create(this.#actor, { kind, parentId, name, timezone });
    this.#nodes.set(nodeKey(parentId, name), node);
    return node;
  }

  async #source(siteId: string, name: string, kind: string | undefined): Promise<Source> {
    const found = this.#sources.get(nodeKey(siteId, name));
    if (found) {
      if (kind && kind !== found.kind) throw new RowProblem(`the source ${name} is of kind ${found.kind}, not ${kind}`);
      return found;
    }
    const wanted = kind || fileKind;
    if (wanted !== fileKind && !connectorFor(wanted).configSchema.safeParse({}).success)
      throw new RowProblem(`there is no source ${name}; one of kind ${wanted} needs settings: connect it first`);
    const source = await this.#parts.sources.create(this.#actor, { siteId, name, kind: wanted });
    this.#sources.set(nodeKey(siteId, name), source);
    return source;
  }
}

const nodeKey = (parent: string | null, name: string): string => `${parent ?? ''} ${name.toLowerCase()}`;
