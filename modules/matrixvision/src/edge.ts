/** Door ./edge of matrixvision: its half on an edge box, which needs no database and no server. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EdgeApplied, EdgeContext, EdgeDocument, EdgePart, EdgeRefusal, RunningEdgePart } from '@millwright/cloud';
import { type ProviderName, providerNames } from '@millwright/inference';
import { isMillwrightError, reasonOf } from '@millwright/kernel';
import { privateNetworks } from '@millwright/media';
import { type CameraNetwork, CameraNetworks, nameOf } from './edge/camera-networks.ts';
import { EdgeModels } from './edge/edge-models.ts';
import { FindingSender } from './edge/finding-sender.ts';
import { boxCameraNotes } from './edge/notes.ts';
import type { PendingClip } from './edge/pending-clips.ts';
import { boxFields, type EdgeCamera, type EdgeModel, type EdgeNetwork, edgeDocumentSchema } from './edge-contract.ts';
import { AnalysisThread } from './runtime/analysis-thread.ts';
import { isSameBut } from './runtime/is-same-but.ts';
import type { WatchedCamera, WatchFigures, WatchReport, WatchStateChange } from './runtime/watched-camera.ts';

export { FindingSender } from './edge/finding-sender.ts';

export const edgePart: EdgePart = {
  name: 'matrixvision',
  boxFields,
  start: async (context) => new EdgeCameras(context),
};

/** Runs the cameras of a document and hands over what they find. */
class EdgeCameras implements RunningEdgePart {
  #context: EdgeContext;
  #thread: AnalysisThread;
  #models: EdgeModels;
  #providers: readonly ProviderName[] = [];
  #sender: FindingSender;
  #clips: string;
  #networks: CameraNetworks;
  #running = new Map<string, RunningCamera>();
  #states = new Map<string, { change?: WatchStateChange; figures?: WatchFigures }>();
  #catchingUp: Promise<void> | undefined;

  constructor(context: EdgeContext) {
    this.#context = context;
    this.#sender = new FindingSender(context);
    this.#clips = join(context.folder, 'clips-in-work');
    this.#models = new EdgeModels(context, join(context.folder, 'models'));
    this.#networks = new CameraNetworks(join(context.folder, 'camera-networks.json'));
    this.#thread = this.#opened();
  }

  async apply(document: EdgeDocument): Promise<EdgeApplied | undefined> {
    if (!this.#catchingUp) {
      // What a process before this one was cutting is cut again; new clips come to lie there from now on.
      await rm(this.#clips, { recursive: true, force: true });
      this.#catchingUp = this.#catchUp();
    }
    const { cameras, models, networks, ...set } = edgeDocumentSchema.parse(document);
    const providers = set.providers.filter(isProvider);
    const failedNetworks = await this.#models.placeNetworks(networks);
    const failed = await this.#models.placeModels(models, providers);
    // With other providers a network that ran may not run any more; then these are what is wrong, and all stays as it is.
    const ran = [...this.#running.values()].find(({ watched }) => failed.has(watched.model));
    if (ran && providers.join() !== this.#providers.join()) throw failed.get(ran.watched.model);
    const decided = await Promise.all(cameras.map((camera) => this.#decided(camera, models, failed)));
    await this.#useProviders(providers);
    const wanted = decided.flatMap(({ runs }) => runs ?? []);
    for (const id of [...this.#running.keys()])
      if (!wanted.some(({ watched }) => watched.id === id)) {
        await this.#thread.stop(id);
        this.#running.delete(id);
        this.#states.delete(id);
      }
    for (const next of wanted) {
      const { watched } = next;
      const before = this.#running.get(watched.id)?.watched;
      this.#running.set(watched.id, next);
      if (!before || !isSameBut(before, watched)) this.#thread.start(watched);
      else if (JSON.stringify(before) !== JSON.stringify(watched)) {
        // Other rules see the tracks that there are; nobody in the picture is lost for them.
        this.#thread.setAttributes(watched.id, watched.attributes);
        this.#thread.setRules(watched.id, watched.rules, watched.ruleVersion);
      }
    }
    await this.#networks.set(new Map(decided.flatMap(({ id, network }) => (network ? [[id, network]] : []))));
    const kept = decided.flatMap(({ network }) => network?.own ?? []);
    const used = uniqueById([...models.filter(({ id }) => !failed.has(id)), ...kept]);
    await this.#models.use(used);
    const refused: EdgeRefusal[] = [
      ...decided.flatMap(({ refusal }) => refusal ?? []),
      ...networks
        .filter(({ id }) => failedNetworks.has(id))
        .map((one) => refusedNetwork(one, failedNetworks.get(one.id))),
    ];
    if (refused.length === 0) return undefined;
    const inEffect = {
      ...{ ...document, cameras: decided.flatMap(({ told }) => told ?? []), models: used },
      networks: networks.filter(({ id }) => !failedNetworks.has(id)),
    };
    return { document: inEffect, refused };
  }

  /** How a camera runs from now on: as it is wanted, or without what is refused of it. */
  async #decided(
    camera: EdgeCamera,
    models: readonly EdgeModel[],
    failed: ReadonlyMap<string, unknown>,
  ): Promise<DecidedCamera> {
    const { id, name, model, labels, threshold } = camera;
    const before = this.#networks.get(id);
    if (camera.paused) return { id, told: camera, ...(before && { network: before }) };
    const own = models.find((one) => one.id === model);
    const network = {
      settings: { model, ...(labels && { labels }), ...(threshold !== undefined && { threshold }) },
      ...(own && { own }),
    };
    try {
      if (!failed.has(model)) return { id, told: camera, network, runs: await this.#made(camera) };
      const error = failed.get(model);
      const values = { camera: name, model: nameOf(network), reason: reasonOf(error) };
      const place = { path: ['cameras', id, 'model'], subject: model };
      const { model: _, labels: __, threshold: ___, ...bare } = camera;
      if (before && before.settings.model !== model && (await this.#models.has(before.settings.model))) {
        const told = { ...bare, ...before.settings };
        const reason = boxCameraNotes['network-kept']({ ...values, kept: nameOf(before) });
        return { id, told, network: before, runs: await this.#made(told), refusal: { ...place, reason } };
      }
      const runs = { ...(await this.#made({ ...camera, refused: plainError(error) })), told: bare };
      return { id, told: bare, runs, refusal: { ...place, reason: boxCameraNotes['network-none'](values) } };
    } catch (error) {
      const runs = this.#running.get(id);
      const values = { camera: name, reason: reasonOf(error) };
      const reason = boxCameraNotes[runs ? 'camera-kept' : 'camera-left-out'](values);
      const refusal = { path: ['cameras', id], subject: messageOf(error).slice(0, 200), reason };
      return { id, ...(runs && { told: runs.told, runs }), ...(before && { network: before }), refusal };
    }
  }

  async #made(camera: EdgeCamera): Promise<RunningCamera> {
    const { name, file, paused: _, attributes: named, ...told } = camera;
    const attributes = await Promise.all(named.map(({ sha256 }) => this.#models.attribute(sha256)));
    const watched = { ...told, attributes, ...(file && { url: await this.#context.blob(file) }) };
    return { name, watched, told: camera };
  }

  /** Networks are opened for their providers, so the thread that has them begins anew. */
  async #useProviders(providers: readonly ProviderName[]): Promise<void> {
    if (providers.join() === this.#providers.join()) return;
    this.#providers = providers;
    await this.#thread.close();
    this.#running.clear();
    this.#states.clear();
    this.#thread = this.#opened();
  }

  #opened(): AnalysisThread {
    const { folder, logger } = this.#context;
    return new AnalysisThread({
      models: join(folder, 'models'),
      providers: this.#providers,
      recordings: join(folder, 'recordings'),
      clips: this.#clips,
      allow: privateNetworks,
      logger,
      report: (cameraId, report) => this.#take(cameraId, report),
    });
  }

  report(): Readonly<Record<string, unknown>> {
    return {
      queue: this.#sender.unsent,
      ...this.#problem(),
      models: this.#models.states(),
      cameras: Object.fromEntries(
        [...this.#running].map(([id, { name }]) => {
          const { change, figures } = this.#states.get(id) ?? {};
          return [
            id,
            {
              ...{ name, state: change?.state ?? 'connecting', code: change?.code ?? null },
              ...{ fps: figures?.framesPerSecond ?? null, detectionsPerSecond: figures?.detectionsPerSecond ?? null },
              ...{ droppedLate: figures?.droppedLate ?? 0, latencyMs: figures?.latencyMs ?? null },
              health: figures?.health ?? null,
              provider: figures?.detector?.provider ?? null,
            },
          ];
        }),
      ),
    };
  }

  /** A rollout takes it back: a network that opens may still fail on what a camera sees. */
  #problem(): { problem?: string } {
    for (const [id, { name, watched }] of this.#running) {
      // What was refused is said as that.
      if (watched.refused) continue;
      const { change } = this.#states.get(id) ?? {};
      if (change?.state === 'lost' && change.code?.startsWith('INFERENCE_'))
        return { problem: `${name}: ${change.message}` };
    }
    return {};
  }

  async stop(): Promise<void> {
    await this.#thread.close();
    await this.#catchingUp;
    await this.#sender.settled;
  }

  #take(cameraId: string, report: WatchReport): void {
    switch (report.type) {
      case 'state':
        this.#states.set(cameraId, { change: report.change });
        return;
      case 'figures':
        this.#states.set(cameraId, { ...this.#states.get(cameraId), figures: report.figures });
        return;
      case 'found':
      case 'chunk':
      case 'clip':
        this.#sender.take(cameraId, report, this.#running.get(cameraId)?.watched.recording);
    }
  }

  /** Cuts the clips that were promised before the box was killed, as far as the recording has them. */
  async #catchUp(): Promise<void> {
    for (const { eventId, cameraId, from, to } of this.#sender.left) {
      if (this.#context.signal.aborted) return;
      const path = join(this.#clips, `${randomUUID()}.mp4`);
      const clip = { eventIds: [eventId], from, to };
      try {
        await this.#cut(cameraId, { from, to }, path);
        this.#sender.clip(cameraId, { ...clip, path });
      } catch (error) {
        if (this.#context.signal.aborted) return;
        if (!isMillwrightError(error)) this.#context.logger.error({ err: error }, 'a clip was not made');
        await rm(path, { force: true });
        this.#sender.clip(cameraId, { ...clip, code: isMillwrightError(error) ? error.code : 'INTERNAL' });
      }
    }
  }

  async #cut(cameraId: string, span: Pick<PendingClip, 'from' | 'to'>, out: string): Promise<void> {
    await mkdir(this.#clips, { recursive: true });
    // The thread answers nobody any more once it is closed.
    this.#context.signal.throwIfAborted();
    await this.#thread.recording(cameraId, { what: 'clip', ...span, out, exact: false });
  }
}

/** A camera that runs, and the document's words for it. */
interface RunningCamera {
  readonly name: string;
  readonly watched: WatchedCamera;
  readonly told: Partial<EdgeCamera>;
}

interface DecidedCamera {
  readonly id: string;
  /** As it stands in the document in effect; left out: not at all. */
  readonly told?: Partial<EdgeCamera>;
  readonly runs?: RunningCamera;
  /** What it is looked at with from now on, or was last. */
  readonly network?: CameraNetwork;
  readonly refusal?: EdgeRefusal;
}

const refusedNetwork = ({ id, sha256 }: EdgeNetwork, error: unknown): EdgeRefusal => ({
  ...{ path: ['networks', id], subject: sha256 },
  reason: boxCameraNotes['network-missing']({ model: id, reason: reasonOf(error) }),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function plainError(error: unknown): NonNullable<WatchedCamera['refused']> {
  if (!isMillwrightError(error)) return { code: 'INTERNAL', message: messageOf(error), details: {} };
  const { code, message, details } = error;
  return { code, message, details };
}

const uniqueById = (models: readonly EdgeModel[]): EdgeModel[] => [
  ...new Map(models.map((model) => [model.id, model])).values(),
];

const isProvider = (name: string): name is ProviderName => (providerNames as readonly string[]).includes(name);
