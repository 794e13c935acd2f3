import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Events, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { withoutPassword, withStoredPassword } from '@millwright/media/stream';
import { cameraErrors } from '../camera-errors.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import type { CameraRow, RuleSetRow } from '../schema.ts';
import { CameraRepository } from './repository.ts';
import type { Camera, CameraChange, CameraInput, CameraSettings, CameraState } from './schemas.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    /** A camera or its rules were added, changed, switched or removed. */
    'camera-change': { readonly cameraId: string };
  }
}

export interface RuleSet {
  readonly version: number;
  readonly rules: RulesFile;
  readonly at: string;
  readonly by: string;
}

const off: CameraState = {
  ...{ state: 'off', code: null, message: '', since: null, health: null, width: null, height: null, codec: null },
  ...{ decoder: null, framesPerSecond: null, decodedPerSecond: null, detectionsPerSecond: null },
  ...{ detectionsPerMovingSecond: null, movingShare: null, droppedLate: 0, latencyMs: null, latencyP95Ms: null },
  notes: [],
  detector: null,
};

/** Cameras of the plant and the rules they are watched by. */
export class CameraService {
  #repository: CameraRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #events: Events;
  #cloud: CloudServices;
  /** Set by the runtime; a one-off command has none. */
  stateOf: (cameraId: string) => CameraState | undefined = () => undefined;
  /** Set by the models: throws when a site has no such model. */
  checkModel: (siteId: string, model: string) => Promise<void> = async () => undefined;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock; events: Events; cloud: CloudServices }) {
    this.#repository = new CameraRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#events = parts.events;
    this.#cloud = parts.cloud;
  }

  /** In order of their names, the tenth after the ninth. */
  async list(actor: Actor): Promise<Camera[]> {
    requirePermission(actor, 'matrixvision.camera.read');
    const versions = await this.#repository.ruleVersions();
    return (await this.#repository.list(actor.siteIds))
      .map((row) => this.#toCamera(row, versions.get(row.id) ?? 0))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  }

  async camera(actor: Actor, id: string): Promise<Camera> {
    const row = await this.row(actor, id);
    return this.#toCamera(row, (await this.#repository.ruleSet(id))?.version ?? 0);
  }

  /** With its password, for the runtime; also one that was removed. */
  async row(actor: Actor, id: string): Promise<CameraRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw cameraErrors.CAMERA_UNKNOWN({ camera: id, known: [] });
    requirePermission(actor, 'matrixvision.camera.read', row.site_id);
    return row;
  }

  /** The zone of IANA by whose clock the site of a camera lives. */
  async zone(actor: Actor, id: string): Promise<string> {
    const { site_id } = await this.row(actor, id);
    return (await this.#cloud.plant.node(actor, site_id)).timezone ?? 'UTC';
  }

  async rows(actor: Actor): Promise<CameraRow[]> {
    requirePermission(actor, 'matrixvision.camera.read');
    return this.#repository.list(actor.siteIds);
  }

  /** Also those that were removed. */
  async everyRow(actor: Actor): Promise<CameraRow[]> {
    requirePermission(actor, 'matrixvision.camera.read');
    return this.#repository.everyOne(actor.siteIds);
  }

  async create(actor: Actor, input: CameraInput): Promise<Camera> {
    requirePermission(actor, 'matrixvision.camera.write', input.siteId);
    await this.#checkPlace(actor, input.siteId, input.assetId);
    await this.#checkBox(actor, input.siteId, input.boxId);
    await this.checkModel(input.siteId, input.settings.detection.model);
    const row: CameraRow = {
      ...{ id: newId(), site_id: input.siteId, asset_id: input.assetId ?? null, box_id: input.boxId ?? null },
      ...{ name: input.name, enabled: input.enabled, settings: input.settings },
      ...{ created_at: this.#clock.now(), removed_at: null },
    };
    const content = { name: row.name, enabled: row.enabled, settings: shown(input.settings) };
    await this.#write(actor, row, 'matrixvision.camera-create', content, () => this.#repository.insert(row));
    return this.camera(actor, row.id);
  }

  async change(actor: Actor, id: string, change: CameraChange): Promise<Camera> {
    const before = await this.#there(actor, id);
    if (change.assetId) await this.#checkPlace(actor, before.site_id, change.assetId);
    if (change.boxId !== before.box_id) await this.#checkBox(actor, before.site_id, change.boxId);
    const model = change.settings?.detection.model;
    if (model !== undefined && model !== settingsOf(before).detection.model)
      await this.checkModel(before.site_id, model);
    const row: CameraRow = {
      ...before,
      name: change.name ?? before.name,
      asset_id: change.assetId === undefined ? before.asset_id : change.assetId,
      box_id: change.boxId === undefined ? before.box_id : change.boxId,
      enabled: change.enabled ?? before.enabled,
      settings: change.settings ? keepUnsaid(change.settings, settingsOf(before)) : before.settings,
    };
    const facts = (one: CameraRow) => ({
      ...{ name: one.name, assetId: one.asset_id, boxId: one.box_id, enabled: one.enabled },
      settings: shown(settingsOf(one)),
    });
    const content = { before: facts(before), after: facts(row) };
    await this.#write(actor, row, 'matrixvision.camera-change', content, () => this.#repository.update(row));
    return this.camera(actor, id);
  }

  /** Takes the camera away; its events, tracks and recordings stay. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#there(actor, id);
    await this.#write(actor, row, 'matrixvision.camera-remove', { name: row.name }, () =>
      this.#repository.update({ ...row, removed_at: this.#clock.now() }),
    );
  }

  async restore(actor: Actor, id: string): Promise<Camera> {
    const row = await this.row(actor, id);
    requirePermission(actor, 'matrixvision.camera.write', row.site_id);
    await this.#write(actor, row, 'matrixvision.camera-restore', { name: row.name }, () =>
      this.#repository.update({ ...row, removed_at: null }),
    );
    return this.camera(actor, id);
  }

  /** The rules in force, version 0 and none at first. */
  async rules(actor: Actor, cameraId: string, version?: number): Promise<RuleSet> {
    const row = await this.row(actor, cameraId);
    const found = await this.#repository.ruleSet(cameraId, version);
    if (found) return toRuleSet(found);
    if (version !== undefined && version !== 0) throw cameraErrors.RULE_SET_UNKNOWN({ camera: row.name, version });
    return { version: 0, rules: { version: 1, rules: [] }, at: row.created_at.toISOString(), by: '' };
  }

  /** Newest first. */
  async ruleHistory(actor: Actor, cameraId: string): Promise<RuleSet[]> {
    await this.row(actor, cameraId);
    return (await this.#repository.ruleSets(cameraId)).map(toRuleSet);
  }

  /** Puts a new version of the rules in force; earlier ones stay, since events were found by them. */
  async setRules(actor: Actor, cameraId: string, rules: RulesFile): Promise<RuleSet> {
    const row = await this.#there(actor, cameraId);
    await this.#write(actor, row, 'matrixvision.rules-change', { rules }, async () => {
      const version = ((await this.#repository.ruleSet(cameraId))?.version ?? 0) + 1;
      await this.#repository.insertRuleSet({
        ...{ camera_id: cameraId, version, rules, created_at: this.#clock.now() },
        ...{ actor_id: actor.id, actor_name: actor.name },
      });
    });
    return this.rules(actor, cameraId);
  }

  async #there(actor: Actor, id: string): Promise<CameraRow> {
    const row = await this.row(actor, id);
    if (row.removed_at) throw cameraErrors.CAMERA_UNKNOWN({ camera: id, known: [] });
    requirePermission(actor, 'matrixvision.camera.write', row.site_id);
    return row;
  }

  async #checkPlace(actor: Actor, siteId: string, assetId: string | null | undefined): Promise<void> {
    const site = await this.#cloud.plant.node(actor, siteId);
    if (!assetId) return;
    const asset = await this.#cloud.plant.node(actor, assetId);
    if (asset.siteId !== site.id) throw cameraErrors.CAMERA_MISPLACED({ place: asset.name, site: site.name });
  }

  /** A box reaches into the network of its own site, and is run by its people. Throws EDGE_BOX_UNKNOWN, CAMERA_MISPLACED. */
  async #checkBox(actor: Actor, siteId: string, boxId: string | null | undefined): Promise<void> {
    if (!boxId) return;
    const box = await this.#cloud.edgeBoxes.box(actor, boxId);
    if (box.siteId === siteId) return;
    const site = await this.#cloud.plant.node(actor, siteId);
    throw cameraErrors.CAMERA_MISPLACED({ place: box.name, site: site.name });
  }

  async #write(actor: Actor, row: CameraRow, type: string, content: object, work: () => Promise<void>): Promise<void> {
    try {
      await this.#db.transaction(async () => {
        await work();
        await this.#ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content });
      });
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code === '23505' && constraint === 'matrixvision_camera_name')
        throw cameraErrors.CAMERA_EXISTS({ name: row.name }, error);
      throw error;
    }
    await this.#db.afterCommit(async () => this.#events.emit('camera-change', { cameraId: row.id }));
  }

  #toCamera(row: CameraRow, ruleVersion: number): Camera {
    return {
      ...{ id: row.id, siteId: row.site_id, assetId: row.asset_id, boxId: row.box_id },
      ...{ name: row.name, enabled: row.enabled, settings: shown(settingsOf(row)) },
      ...{ createdAt: row.created_at.toISOString(), ruleVersion },
      state: this.stateOf(row.id) ?? (row.enabled && row.box_id ? { ...off, state: 'elsewhere' } : off),
    };
  }
}

/** Settings of a row: they were checked when they were written. */
export const settingsOf = (row: CameraRow): CameraSettings => row.settings as CameraSettings;

const toRuleSet = (row: RuleSetRow): RuleSet => ({
  ...{ version: row.version, rules: row.rules as RulesFile, at: row.created_at.toISOString(), by: row.actor_name },
});

function shown(settings: CameraSettings): CameraSettings {
  const { source } = settings;
  return source.type === 'stream' ? { ...settings, source: withoutPassword(source) } : settings;
}

/** Also what a file shows is a fact of the file, which a form that does not know of it cannot take away. */
function keepUnsaid(next: CameraSettings, before: CameraSettings): CameraSettings {
  if (next.source.type === 'file' && before.source.type === 'file' && next.source.blob === before.source.blob)
    return before.source.rendered ? { ...next, source: { ...next.source, rendered: true } } : next;
  if (next.source.type !== 'stream') return next;
  const stored = before.source.type === 'stream' ? before.source : undefined;
  return { ...next, source: withStoredPassword(next.source, stored) };
}
