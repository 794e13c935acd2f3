import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { cloudErrors } from '../errors.ts';
import type { PlantNode, PlantService } from '../plant/service.ts';
import { modelErrors } from './errors.ts';
import type { ModelSource } from './model-source.ts';
import { ModelRepository } from './repository.ts';
import type { ModelRow, ModelVersionRow } from './schema.ts';
import {
  type Model,
  type ModelChange,
  type ModelFilter,
  type ModelInput,
  type ModelVersion,
  type ModelVersionInput,
  type ShadowChange,
  type StageChange,
  versionInput,
} from './schemas.ts';
import { nextStages } from './stages.ts';

interface ModelParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly plant: PlantService;
}

/** The registry of models: what was learnt, from what, how far it is trusted, and which version is listened to. */
export class ModelService {
  #parts: ModelParts;
  #repository: ModelRepository;
  #sources: ModelSource[] = [];

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#repository = new ModelRepository(parts.db);
  }

  /** Shows models that another module keeps beside those that are kept here. */
  alsoShow(source: ModelSource): void {
    this.#sources.push(source);
  }

  async list(actor: Actor, filter: ModelFilter = {}): Promise<Model[]> {
    requirePermission(actor, 'cloud.model.read');
    const own = await this.#answers(actor, await this.#repository.list(filter, actor.siteIds));
    const others = await Promise.all(
      this.#sources.map(async (source) =>
        (await source.list(actor, filter))
          .filter(
            ({ siteId, nodeId, family, name }) =>
              (filter.siteId === undefined || siteId === filter.siteId) &&
              (filter.nodeId === undefined || nodeId === filter.nodeId) &&
              (filter.family === undefined || family === filter.family) &&
              (filter.search === undefined || name.toLowerCase().includes(filter.search.toLowerCase())),
          )
          .map((model) => ({ ...model, keptBy: source.module })),
      ),
    );
    return [...own, ...others.flat()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  /** Throws PLANT_MODEL_UNKNOWN. */
  async model(actor: Actor, id: string): Promise<Model> {
    return (await this.#answers(actor, [await this.#row(actor, id, 'read')]))[0]!;
  }

  /** Throws PLANT_MODEL_EXISTS, NODE_UNKNOWN, SITE_UNKNOWN. */
  async create(actor: Actor, { siteId, nodeId, name, family }: ModelInput): Promise<Model> {
    requirePermission(actor, 'cloud.model.write', siteId);
    await this.#requirePlace(actor, siteId, nodeId);
    const row: ModelRow = {
      ...{ id: newId(), site_id: siteId, node_id: nodeId, name, family },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    const content = { name, family, node: nodeId };
    await this.#recorded(actor, row, 'cloud.model-create', content, () => this.#repository.insert(row));
    return this.model(actor, row.id);
  }

  async change(actor: Actor, id: string, change: ModelChange): Promise<Model> {
    const row = await this.#row(actor, id, 'write');
    const { name = row.name, nodeId = row.node_id } = change;
    await this.#requirePlace(actor, row.site_id, nodeId);
    const content = { name, node: nodeId, before: { name: row.name, node: row.node_id } };
    const changed = { ...row, name, node_id: nodeId };
    await this.#recorded(actor, changed, 'cloud.model-change', content, () =>
      this.#repository.change(id, { name, node_id: nodeId }),
    );
    return this.model(actor, id);
  }

  /** Takes a model from the list; its versions and their files stay, since findings were made with them. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(actor, id, 'write');
    await this.#recorded(actor, row, 'cloud.model-remove', { name: row.name }, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  /** Newest first. */
  async versions(actor: Actor, id: string): Promise<ModelVersion[]> {
    await this.#row(actor, id, 'read');
    return (await this.#repository.versions(id)).map(toVersion);
  }

  /** Throws PLANT_MODEL_VERSION_UNKNOWN. */
  async version(actor: Actor, id: string, version: number): Promise<ModelVersion> {
    return toVersion(await this.#version(await this.#row(actor, id, 'read'), version));
  }

  /** The version that is listened to. Throws PLANT_MODEL_NOT_LIVE. */
  async live(actor: Actor, id: string): Promise<ModelVersion> {
    const { name } = await this.#row(actor, id, 'read');
    const row = await this.#repository.live(id);
    if (!row) throw modelErrors.PLANT_MODEL_NOT_LIVE({ name });
    return toVersion(row);
  }

  /** The version that runs beside the live one, if one does. */
  async shadow(actor: Actor, id: string): Promise<ModelVersion | undefined> {
    await this.#row(actor, id, 'read');
    const row = await this.#repository.shadow(id);
    return row && toVersion(row);
  }

  /** The file of a version. Throws PLANT_MODEL_VERSION_UNKNOWN, BLOB_MISSING. */
  async artefact(actor: Actor, id: string, version: number): Promise<{ fileName: string; content: Readable }> {
    const row = await this.#version(await this.#row(actor, id, 'read'), version);
    return { fileName: row.file_name, content: await this.#parts.blobs.get(row.artefact) };
  }

  /** Adds a version as a draft; its file is stored already. Throws BLOB_MISSING, PLANT_MODEL_VERSION_UNKNOWN for a parent that is none. */
  async addVersion(actor: Actor, id: string, input: ModelVersionInput): Promise<ModelVersion> {
    const given = versionInput.parse(input);
    const model = await this.#row(actor, id, 'write');
    await this.#parts.blobs.stat(given.artefact);
    if (given.parentVersion !== null) await this.#version(model, given.parentVersion);
    const now = this.#parts.clock.now();
    let added: ModelVersionRow | undefined;
    const content = () => ({ version: added!.version, ...given });
    await this.#recorded(actor, model, 'cloud.model-version', content, async () => {
      await this.#repository.lock(id);
      const [newest] = await this.#repository.states([id]);
      added = {
        ...{ model_id: id, version: (newest?.version ?? 0) + 1, artefact: given.artefact, file_name: given.fileName },
        ...{ card: given.card, stage: 'draft', shadow: false, stage_at: now, stage_by: actor.name, stage_reason: '' },
        ...{ parent_version: given.parentVersion, data_hash: given.dataHash, experiment_id: given.experimentId },
        ...{ trial_id: given.trialId, finding_id: given.findingId },
        ...{ created_at: now, actor_id: actor.id, actor_name: actor.name },
      };
      await this.#repository.insertVersion(added);
    });
    return toVersion(added!);
  }

  /** Moves a version on; what was live before the one that goes live is retired by the same act. Throws PLANT_MODEL_STAGE_REFUSED. */
  async setStage(actor: Actor, id: string, number: number, { stage, reason }: StageChange): Promise<ModelVersion> {
    const model = await this.#row(actor, id, 'promote');
    const said = { stage_at: this.#parts.clock.now(), stage_by: actor.name, stage_reason: reason };
    let [from, replaced] = ['', undefined as number | undefined];
    const content = () => ({ version: number, from, to: stage, reason, ...(replaced && { retired: replaced }) });
    await this.#recorded(actor, model, 'cloud.model-stage', content, async () => {
      await this.#repository.lock(id);
      const version = await this.#version(model, number);
      from = version.stage;
      const possible = nextStages[version.stage];
      if (!possible.includes(stage)) {
        const { name } = model;
        throw modelErrors.PLANT_MODEL_STAGE_REFUSED({
          name,
          version: number,
          from,
          to: stage,
          possible: [...possible],
        });
      }
      const live = stage === 'live' ? await this.#repository.live(id) : undefined;
      replaced = live?.version;
      if (live) await this.#repository.changeVersion(id, live.version, { ...said, stage: 'retired' });
      const shadow = version.shadow && (stage === 'draft' || stage === 'reviewed');
      await this.#repository.changeVersion(id, number, { ...said, stage, shadow });
    });
    return this.version(actor, id, number);
  }

  /** Lets a version run beside the live one, or none. Throws PLANT_MODEL_SHADOW_REFUSED. */
  async setShadow(actor: Actor, id: string, { version, reason }: ShadowChange): Promise<Model> {
    const model = await this.#row(actor, id, 'promote');
    await this.#recorded(actor, model, 'cloud.model-shadow', { version, reason }, async () => {
      await this.#repository.lock(id);
      const before = await this.#repository.shadow(id);
      if (before) await this.#repository.changeVersion(id, before.version, { shadow: false });
      if (version === null) return;
      const { stage } = await this.#version(model, version);
      if (stage !== 'draft' && stage !== 'reviewed')
        throw modelErrors.PLANT_MODEL_SHADOW_REFUSED({ name: model.name, version, stage });
      await this.#repository.changeVersion(id, version, { shadow: true });
    });
    return this.model(actor, id);
  }

  async #row(actor: Actor, id: string, right: 'read' | 'write' | 'promote'): Promise<ModelRow> {
    requirePermission(actor, `cloud.model.${right}`);
    const row = await this.#repository.byId(id);
    if (!row) throw modelErrors.PLANT_MODEL_UNKNOWN({ model: id });
    requirePermission(actor, `cloud.model.${right}`, row.site_id);
    return row;
  }

  async #version({ id, name }: ModelRow, number: number): Promise<ModelVersionRow> {
    const row = await this.#repository.version(id, number);
    if (!row) throw modelErrors.PLANT_MODEL_VERSION_UNKNOWN({ name, version: number });
    return row;
  }

  async #requirePlace(actor: Actor, siteId: string, nodeId: string | null): Promise<void> {
    const site = await this.#parts.plant.node(actor, siteId);
    if (site.kind !== 'site') throw cloudErrors.SITE_UNKNOWN({ site: siteId, known: [] });
    if (nodeId !== null && (await this.#parts.plant.node(actor, nodeId)).siteId !== siteId)
      throw cloudErrors.NODE_UNKNOWN({ id: nodeId });
  }

  async #recorded(
    actor: Actor,
    { id, site_id: siteId, name }: ModelRow,
    type: string,
    content: object | (() => object),
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await this.#parts.db.transaction(async () => {
        await work();
        const said = typeof content === 'function' ? content() : content;
        await this.#parts.ledger.record(actor, { type, subject: id, siteId, content: said });
      });
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === '23505' && constraint === 'cloud_model_name') throw modelErrors.PLANT_MODEL_EXISTS({ name }, error);
      throw error;
    }
  }

  async #answers(actor: Actor, rows: readonly ModelRow[]): Promise<Model[]> {
    if (rows.length === 0) return [];
    const states = await this.#repository.states(rows.map(({ id }) => id));
    const nodes = new Map((await this.#parts.plant.tree(actor)).map((node) => [node.id, node]));
    return rows.map((row) => {
      const own = states.filter(({ model_id }) => model_id === row.id);
      return {
        ...{ id: row.id, siteId: row.site_id, nodeId: row.node_id, name: row.name, family: row.family },
        place: placeOf(nodes, row.node_id ?? row.site_id),
        versions: own.length,
        liveVersion: own.find(({ stage }) => stage === 'live')?.version ?? null,
        shadowVersion: own.find(({ shadow }) => shadow)?.version ?? null,
        newestVersion: own[0]?.version ?? null,
        createdAt: row.created_at.toISOString(),
        ...{ keptBy: 'cloud', link: null },
      };
    });
  }
}

function placeOf(nodes: ReadonlyMap<string, PlantNode>, id: string): string {
  const names: string[] = [];
  for (let node = nodes.get(id); node; node = node.parentId === null ? undefined : nodes.get(node.parentId))
    names.unshift(node.name);
  return names.join('/');
}

const toVersion = (row: ModelVersionRow): ModelVersion => ({
  ...{ version: row.version, artefact: row.artefact, fileName: row.file_name, card: row.card },
  ...{ stage: row.stage, shadow: row.shadow, nextStages: [...nextStages[row.stage]] },
  ...{ stageAt: row.stage_at.toISOString(), stageBy: row.stage_by, stageReason: row.stage_reason },
  ...{ parentVersion: row.parent_version, dataHash: row.data_hash },
  ...{ experimentId: row.experiment_id, trialId: row.trial_id, findingId: row.finding_id },
  ...{ at: row.created_at.toISOString(), by: row.actor_name },
});
