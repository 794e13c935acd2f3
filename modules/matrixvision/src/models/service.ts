import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import type { BlobEntry, Blobs } from '@millwright/blobs';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import {
  bundledDetectors,
  describeNetwork,
  imageSize,
  inferenceErrors,
  type ProviderName,
  type TriedDetector,
  tryDetector,
} from '@millwright/inference';
import { cardSchema, classesOf, guessCard, type ModelCard } from '@millwright/inference/card';
import { type Actor, type Clock, isMillwrightError, newId, problemsOf, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger, sha256 as sha256Of } from '@millwright/ledger';
import { type CameraService, settingsOf } from '../cameras/service.ts';
import { defaultModel } from '../pipeline/default-model.ts';
import type { CameraRow, ModelRow, ModelVersionRow } from '../schema.ts';
import { modelErrors } from './errors.ts';
import { isOwnModel } from './own-model.ts';
import { cardPathOf, placeModel } from './place-model.ts';
import { ModelRepository } from './repository.ts';
import type { BundledModel, DescribedModel, Model, ModelInput, Models, ModelTrial, TriedModel } from './schemas.ts';

/** Largest file that is taken, bytes; what ONNX itself allows for one file is twice as much. */
const largestFile = 1024 ** 3;
/** The name under which the network lies beside its card. */
const networkFile = 'network.onnx';

interface ModelParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly cameras: CameraService;
  /** Folder that networks are kept in to be run. */
  readonly folder: string;
  /** Tried in order. */
  readonly providers: readonly ProviderName[];
  /** What a camera sees now, as the actor may see it. */
  picture(actor: Actor, cameraId: string): Promise<Uint8Array>;
}

/** Detectors of users: registered with a card after they were tried in a process of their own, chosen per camera by hash. */
export class ModelService {
  #parts: ModelParts;
  #repository: ModelRepository;
  /** Networks of strangers are tried one after the other: each may take two gigabytes. */
  #trying: Promise<unknown> = Promise.resolve();

  constructor(parts: ModelParts) {
    this.#parts = parts;
    this.#repository = new ModelRepository(parts.db);
    parts.cameras.checkModel = (siteId, model) => this.#check(siteId, model);
  }

  async list(actor: Actor): Promise<Models> {
    requirePermission(actor, 'matrixvision.camera.read');
    const cameras = await this.#parts.cameras.rows(actor);
    const rows = await this.#repository.list(actor.siteIds);
    return {
      items: await this.#answers(rows, cameras),
      bundled: bundledDetectors.map(
        ({ name, card, measured }): BundledModel => ({
          ...{ name, description: card.description ?? '', licence: card.licence ?? '', source: card.source ?? '' },
          ...{ labels: [...classesOf(card)], isDefault: name === defaultModel, measured: measured ?? null },
          cameras: usersOf(cameras, name),
        }),
      ),
      providers: [...this.#parts.providers],
    };
  }

  async model(actor: Actor, id: string): Promise<Model> {
    const row = await this.#row(actor, id, 'matrixvision.camera.read');
    return (await this.#answers([row], await this.#parts.cameras.rows(actor)))[0]!;
  }

  /** Takes a file as it comes: an ONNX network, or a picture to try one on. Throws MODEL_FILE_TOO_LARGE. */
  async upload(actor: Actor, content: Readable): Promise<BlobEntry> {
    requirePermission(actor, 'matrixvision.model.write');
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes <= largestFile) done(null, chunk);
        else done(modelErrors.MODEL_FILE_TOO_LARGE({ megabytes: largestFile / 1024 ** 2 }));
      },
    });
    content.on('error', (error) => counted.destroy(error));
    return this.#parts.blobs.put(content.pipe(counted));
  }

  /** Inputs and outputs of an uploaded network, and a card to begin with. */
  async describe(actor: Actor, network: string): Promise<DescribedModel> {
    requirePermission(actor, 'matrixvision.model.write');
    return this.#inTurn(async (folder) => {
      await this.#copy(network, join(folder, networkFile));
      const { inputs, outputs } = await describeNetwork(join(folder, networkFile)).catch(named(networkFile));
      const ports = portsOf({ inputs, outputs });
      return { ...ports, card: { ...guessCard(inputs, outputs) } };
    });
  }

  /** Runs a model once, or on a picture; also one that is not registered. Registered and bundled ones by their name or hash. */
  async try(actor: Actor, trial: ModelTrial): Promise<TriedModel> {
    requirePermission(actor, 'matrixvision.model.write', trial.siteId);
    const picture = await this.#pictureOf(actor, trial);
    return this.#inTurn(async (folder) => {
      const model = await this.#fileOf(trial, folder);
      const options = {
        ...{ model, cache: this.#parts.folder, providers: this.#parts.providers },
        ...(picture && { picture }),
        ...(trial.threshold !== undefined && { threshold: trial.threshold }),
      };
      const tried = await tryDetector(options).catch(named(networkFile));
      return toTried(tried, picture, trial.cameraId !== undefined);
    });
  }

  /**
   * Registers a network with its card, as a new version where the site has a model of that name. It is run once first, in a
   * process of its own, with limits of memory and time. Throws what that throws, MODEL_UPLOAD_UNKNOWN, MODEL_TWICE,
   * MODEL_NAME_BUNDLED.
   */
  async add(actor: Actor, input: ModelInput): Promise<Model> {
    requirePermission(actor, 'matrixvision.model.write', input.siteId);
    await this.#parts.cloud.plant.node(actor, input.siteId);
    const card = checkedCard(input.card, input.network);
    if (bundledDetectors.some(({ name }) => name === card.name))
      throw modelErrors.MODEL_NAME_BUNDLED({ name: card.name });
    const bytes = await this.#sizeOf(input.network);
    const text = canonicalJson(card);
    const sha256 = sha256Of(text);
    await this.#refuseTwice(input.siteId, card.name, sha256);
    const { facts } = await this.#inTurn(async (folder) => {
      const model = await this.#written(card, folder);
      const { folder: cache, providers } = this.#parts;
      return tryDetector({ model, cache, providers }).catch(named(input.fileName));
    });
    await this.#parts.blobs.put(Buffer.from(text), { mediaType: 'application/json' });
    const now = this.#parts.clock.now();
    const id = await this.#parts.db.transaction(async () => {
      const before = await this.#repository.byName(input.siteId, card.name);
      const model: ModelRow = before ?? {
        ...{ id: newId(), site_id: input.siteId, name: card.name, created_at: now, removed_at: null },
      };
      if (!before) await this.#repository.insert(model);
      const [newest] = await this.#repository.versions([model.id]);
      const row: ModelVersionRow = {
        ...{ model_id: model.id, version: (newest?.version ?? 0) + 1, sha256, network: input.network, bytes },
        ...{ file_name: input.fileName, card, ports: portsOf(facts), created_at: now },
        ...{ actor_id: actor.id, actor_name: actor.name },
      };
      await this.#repository.insertVersion(row);
      const content = { name: card.name, version: row.version, sha256, network: input.network, bytes };
      await this.#record(actor, model, 'matrixvision.model-add', content);
      return model.id;
    });
    return this.model(actor, id);
  }

  /** Takes a model away with all its versions; what was found with it stays provable. Throws MODEL_IN_USE. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(actor, id, 'matrixvision.model.write');
    await this.#parts.db.transaction(async () => {
      const { versions } = (await this.#answers([row], await this.#camerasOf(row.site_id)))[0]!;
      const cameras = versions.flatMap((version) => version.cameras.map(({ name }) => name));
      if (cameras.length > 0) throw modelErrors.MODEL_IN_USE({ name: row.name, cameras });
      await this.#repository.change(id, { removed_at: this.#parts.clock.now() });
      await this.#record(actor, row, 'matrixvision.model-remove', { name: row.name });
    });
    // Another site may have registered the same, and look with it.
    for (const { sha256 } of await this.#repository.versions([id]))
      if (!(await this.#repository.isKept(sha256)))
        await rm(join(cardPathOf(this.#parts.folder, sha256), '..'), { recursive: true, force: true });
  }

  async restore(actor: Actor, id: string): Promise<Model> {
    const row = await this.#row(actor, id, 'matrixvision.model.write', true);
    if (await this.#repository.byName(row.site_id, row.name)) throw modelErrors.MODEL_NAME_TAKEN({ name: row.name });
    await this.#parts.db.transaction(async () => {
      await this.#repository.change(id, { removed_at: null });
      await this.#record(actor, row, 'matrixvision.model-restore', { name: row.name });
    });
    return this.model(actor, id);
  }

  /** A user's model lies where the analysis looks for it; a bundled one needs nothing. */
  async place(model: string): Promise<void> {
    if (!isOwnModel(model)) return;
    const { folder, blobs } = this.#parts;
    await placeModel(folder, model, await blobs.read(model), (hash) => blobs.get(hash));
  }

  /** What a box has to fetch for a user's model; undefined for a bundled one. */
  async filesOf(model: string): Promise<{ name: string; version: string; network: string; bytes: number } | undefined> {
    if (!isOwnModel(model)) return undefined;
    const found = await this.#repository.byHash(model);
    if (!found) throw modelErrors.MODEL_UNKNOWN({ model, known: [] });
    const { network, bytes, card } = found.version;
    return { name: card.name, version: card.version, network, bytes };
  }

  /** Throws MODEL_UNKNOWN unless cameras of the site may be set to it. */
  async #check(siteId: string, model: string): Promise<void> {
    if (bundledDetectors.some(({ name }) => name === model)) return;
    const found = isOwnModel(model) ? await this.#repository.byHash(model, siteId) : undefined;
    if (found && found.model.removed_at === null) return;
    const own = await this.#repository.list([siteId]);
    const known = [...bundledDetectors, ...own].map(({ name }) => name);
    throw modelErrors.MODEL_UNKNOWN({ model, known });
  }

  async #refuseTwice(siteId: string, name: string, sha256: string): Promise<void> {
    const found = await this.#repository.byHash(sha256, siteId);
    if (found && found.model.removed_at === null)
      throw modelErrors.MODEL_TWICE({ name, version: found.version.version });
  }

  /** A path or name that a detector opens. */
  async #fileOf({ siteId, model, network, card }: ModelTrial, folder: string): Promise<string> {
    if (network !== undefined) {
      await this.#sizeOf(network);
      return this.#written(checkedCard(card ?? {}, network), folder);
    }
    const wanted = model ?? defaultModel;
    await this.#check(siteId, wanted);
    if (!isOwnModel(wanted)) return wanted;
    await this.place(wanted);
    return cardPathOf(this.#parts.folder, wanted);
  }

  /** Card and network beside each other in a folder. */
  async #written(card: ModelCard, folder: string): Promise<string> {
    await this.#copy(card.sha256!, join(folder, networkFile));
    const path = join(folder, 'card.json');
    await writeFile(path, JSON.stringify(card));
    return path;
  }

  async #copy(hash: string, path: string): Promise<void> {
    await this.#sizeOf(hash);
    await writeFile(path, await this.#parts.blobs.get(hash));
  }

  async #sizeOf(hash: string): Promise<number> {
    if (!(await this.#parts.blobs.has(hash))) throw modelErrors.MODEL_UPLOAD_UNKNOWN({ hash });
    return (await this.#parts.blobs.stat(hash)).size;
  }

  async #pictureOf(actor: Actor, { picture, cameraId }: ModelTrial): Promise<Uint8Array | undefined> {
    if (cameraId !== undefined) return this.#parts.picture(actor, cameraId);
    if (picture === undefined) return undefined;
    await this.#sizeOf(picture);
    return this.#parts.blobs.read(picture);
  }

  async #answers(rows: readonly ModelRow[], cameras: readonly CameraRow[]): Promise<Model[]> {
    const versions = Map.groupBy(await this.#repository.versions(rows.map(({ id }) => id)), ({ model_id }) => model_id);
    return rows.map((row) => ({
      ...{ id: row.id, siteId: row.site_id, name: row.name, createdAt: row.created_at.toISOString() },
      versions: (versions.get(row.id) ?? []).map((one) => ({
        ...{ version: one.version, sha256: one.sha256, network: one.network, bytes: one.bytes },
        ...{ fileName: one.file_name, card: { ...one.card }, ports: one.ports, labels: [...classesOf(one.card)] },
        ...{ at: one.created_at.toISOString(), by: one.actor_name },
        cameras: usersOf(
          cameras.filter(({ site_id }) => site_id === row.site_id),
          one.sha256,
        ),
      })),
    }));
  }

  async #row(actor: Actor, id: string, permission: string, removed = false): Promise<ModelRow> {
    requirePermission(actor, permission);
    const row = await this.#repository.byId(id);
    if (!row || (row.removed_at !== null) !== removed) throw modelErrors.MODEL_UNKNOWN({ model: id, known: [] });
    requirePermission(actor, permission, row.site_id);
    return row;
  }

  /** Also those that the actor does not see: a model that they use must not go. */
  async #camerasOf(siteId: string): Promise<CameraRow[]> {
    const owner: Actor = { kind: 'job', id: 'matrixvision', name: 'MatrixVision', role: 'engineer', siteIds: [siteId] };
    return this.#parts.cameras.rows(owner);
  }

  async #record(actor: Actor, row: ModelRow, type: string, content: object): Promise<void> {
    await this.#parts.ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content });
  }

  /** One at a time, with a folder that is gone afterwards. */
  async #inTurn<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const before = this.#trying;
    const mine = (async () => {
      await before.catch(() => undefined); // Its caller was told.
      const folder = join(this.#parts.folder, 'trying', randomUUID());
      await mkdir(folder, { recursive: true });
      return work(folder).finally(() => rm(folder, { recursive: true, force: true }));
    })();
    this.#trying = mine;
    return mine;
  }
}

/** The card with what the server puts in. Throws INFERENCE_CARD_INVALID, INFERENCE_MODEL_CHANGED. */
function checkedCard(given: Readonly<Record<string, unknown>>, network: string): ModelCard {
  const path = 'card';
  if (given.sha256 !== undefined && given.sha256 !== network)
    throw inferenceErrors.INFERENCE_MODEL_CHANGED({ path, expected: String(given.sha256), actual: network });
  const { $schema: _, ...card } = given;
  const parsed = cardSchema.safeParse({ ...card, file: networkFile, sha256: network });
  if (!parsed.success) throw inferenceErrors.INFERENCE_CARD_INVALID({ path, problems: problemsOf(parsed.error) });
  return parsed.data;
}

/** Errors name the file that was uploaded, not where it lies on the server. */
const named =
  (file: string) =>
  (error: unknown): never => {
    if (!isMillwrightError(error) || !('path' in error.details)) throw error;
    const make = inferenceErrors[error.code as keyof typeof inferenceErrors] as
      | ((details: object) => Error)
      | undefined;
    throw make ? make({ ...error.details, path: file }) : error;
  };

const portsOf = ({ inputs, outputs }: Pick<TriedDetector['facts'], 'inputs' | 'outputs'>) => ({
  inputs: inputs.map(({ dims, ...port }) => ({ ...port, dims: [...dims] })),
  outputs: outputs.map(({ dims, ...port }) => ({ ...port, dims: [...dims] })),
});

const usersOf = (cameras: readonly CameraRow[], model: string) =>
  cameras.filter((row) => settingsOf(row).detection.model === model).map(({ id, name }) => ({ id, name }));

async function toTried(tried: TriedDetector, picture: Uint8Array | undefined, isLive: boolean): Promise<TriedModel> {
  const { facts, detections, milliseconds } = tried;
  const { name, sha256, provider, labels, threshold } = facts;
  const answer = { name, sha256, provider, labels: [...labels], threshold, ports: portsOf(facts) };
  if (!picture || milliseconds === undefined) return answer;
  const { width, height } = await imageSize(picture);
  const shown = detections.map(({ label, score, box }) => ({
    ...{ label, score },
    box: { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height },
  }));
  const jpeg = isLive ? Buffer.from(picture).toString('base64') : null;
  return { ...answer, seen: { jpeg, width, height, milliseconds, detections: shown } };
}
