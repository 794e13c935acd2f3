import { randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { LiveHub } from '@millwright/http';
import { Backoff, isAllowed, isMillwrightError, type Logger, type Note, sleep } from '@millwright/kernel';
import { LiveFeed, type LiveMessage } from '@millwright/media';
import type { AttributeService } from '../attributes/service/service.ts';
import { cameraNotes } from '../cameras/notes.ts';
import type { CameraState } from '../cameras/schemas.ts';
import { type CameraService, settingsOf } from '../cameras/service.ts';
import type { ModelService } from '../models/service.ts';
import type { NetworkService } from '../networks/service.ts';
import type { CameraRow, EventRow } from '../schema.ts';
import { AnalysisThread, type AnalysisThreadOptions } from './analysis-thread.ts';
import { analysisActor, type FindingStore } from './finding-store.ts';
import { isSameBut } from './is-same-but.ts';
import type {
  ClipMade,
  LiveTracks,
  RecordingQuestion,
  WatchedCamera,
  WatchFigures,
  WatchReport,
  WatchStateChange,
  WatchTroubles,
} from './watched-camera.ts';
import { watchedFromRow } from './watched-from-row.ts';

export const camerasTopic = 'matrixvision-camera:all';

interface Running {
  readonly row: CameraRow;
  /** Undefined where it cannot be started at all. */
  watched: WatchedCamera | undefined;
  change: WatchStateChange | undefined;
  figures: WatchFigures | undefined;
  troubles: WatchTroubles;
}

/** Recordings of cameras that do not run are kept no longer than those of cameras that do. */
const retentionEveryMs = 3_600_000;
/** As clips are made while the camera runs: what began long ago is not shown from its beginning. */
const longestLeadMs = 30_000;
/** What a camera found is written again and again for so long when the database does not take it. */
const tries = { firstMs: 500, ceilingMs: 30_000, most: 12 };

export interface RuntimeParts {
  readonly cameras: CameraService;
  readonly attributes: AttributeService;
  readonly models: ModelService;
  readonly networks: NetworkService;
  readonly store: FindingStore;
  readonly blobs: Blobs;
  readonly logger: Logger;
  readonly live: LiveHub;
  readonly thread: Pick<AnalysisThreadOptions, 'models' | 'providers' | 'recordings' | 'clips' | 'allow' | 'hardware'>;
}

/** Who looks at a camera now. */
export interface LiveViewer {
  tracks(tracks: LiveTracks): void;
  video(message: LiveMessage): void;
  state(state: CameraState | undefined): void;
}

/** Keeps the cameras of this server running as they are set, and stores what is found. */
export class CameraRuntime {
  #parts: RuntimeParts;
  #thread: AnalysisThread;
  #running = new Map<string, Running>();
  /** Switched off, and not done yet. */
  #leaving = new Map<string, Running>();
  #viewers = new Map<string, { feed: LiveFeed; viewers: Set<LiveViewer> }>();
  /** Writing goes camera by camera in the order of what happened. */
  #writing = new Map<string, Promise<void>>();
  #changing: Promise<void> = Promise.resolve();
  #live = false;
  #stopping = new AbortController();
  #retention: NodeJS.Timeout | undefined;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
    this.#thread = new AnalysisThread({
      ...parts.thread,
      logger: parts.logger,
      report: (cameraId, report) => this.#take(cameraId, report),
    });
    parts.cameras.stateOf = (cameraId) => this.#stateOf(cameraId);
    parts.attributes.people.seenOn = async (cameraId) =>
      this.#running.has(cameraId) ? this.#thread.people(cameraId) : undefined;
  }

  async start(): Promise<void> {
    this.#live = true;
    // Left by a server that was killed.
    await rm(this.#parts.thread.clips, { recursive: true, force: true });
    this.#thread.setAllow(await this.#parts.networks.all(analysisActor));
    const left = await this.#parts.store.unfinished();
    for (const { id } of await this.#parts.cameras.rows(analysisActor)) this.changed(id);
    await this.#changing;
    for (const event of left) this.#write(event.camera_id, () => this.#finishEvent(event));
    this.#retention = setInterval(() => void this.#applyRetention(), retentionEveryMs).unref();
    void this.#applyRetention();
  }

  async stop(): Promise<void> {
    this.#live = false;
    clearInterval(this.#retention);
    await this.#changing;
    await this.#thread.close();
    this.#stopping.abort();
    await Promise.all(this.#writing.values());
  }

  /** The days of a recording run out whether its camera runs, is switched off or was taken away. */
  async #applyRetention(): Promise<void> {
    for (const row of await this.#parts.cameras.everyRow(analysisActor)) {
      if (this.#running.get(row.id)?.watched?.recording || row.box_id !== null) continue;
      const isThere = await stat(join(this.#parts.thread.recordings, row.id)).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      const { days, gigabytes } = settingsOf(row).recording;
      await this.#thread
        .recording(row.id, { what: 'retention', days, bytes: gigabytes * 1e9 })
        .catch((error: unknown) =>
          this.#parts.logger.error({ err: error, camera: row.id }, 'an old recording was not removed'),
        );
    }
  }

  /** An event that a killed server had not finished: it gets what there is of its clip, and its proof. */
  async #finishEvent(event: EventRow): Promise<void> {
    if (event.clip_state === 'pending') await this.#makeClip(event);
    await this.#parts.store.proveLeft(event.id);
  }

  async #makeClip(event: EventRow): Promise<void> {
    const { cameras, thread } = this.#parts;
    const { recording } = settingsOf(await cameras.row(analysisActor, event.camera_id));
    const at = event.at.getTime();
    const since = Math.max(at - longestLeadMs, Math.min(at, Date.parse(event.details.since)));
    const span = { from: since - recording.preSeconds * 1000, to: at + recording.postSeconds * 1000 };
    await mkdir(thread.clips, { recursive: true });
    const path = join(thread.clips, `${randomUUID()}.mp4`);
    const made = await this.#thread.recording(event.camera_id, { what: 'clip', ...span, out: path, exact: false }).then(
      () => ({ path }),
      (error: unknown) => ({ code: isMillwrightError(error) ? error.code : 'INTERNAL' }),
    );
    await this.#keepClip(event.camera_id, { eventIds: [event.id], ...made, ...span });
  }

  /** A camera or its rules were changed: brings it to what is stored. */
  changed(cameraId: string): void {
    if (!this.#live) return;
    this.#changing = this.#changing
      .then(() => this.#bring(cameraId))
      .catch((error: unknown) =>
        this.#parts.logger.error({ err: error, camera: cameraId }, 'a camera was not started'),
      );
  }

  /** Follows a camera live; returns how to stop that. */
  view(cameraId: string, viewer: LiveViewer): () => void {
    const known = this.#viewers.get(cameraId);
    const { feed, viewers } = known ?? {
      feed: new LiveFeed((on) => this.#thread.watch(cameraId, on)),
      viewers: new Set<LiveViewer>(),
    };
    this.#viewers.set(cameraId, { feed, viewers: viewers.add(viewer) });
    viewer.state(this.#stateOf(cameraId));
    const stop = feed.watch((message) => viewer.video(message));
    return () => {
      viewers.delete(viewer);
      stop();
      if (viewers.size === 0) this.#viewers.delete(cameraId);
    };
  }

  /** The newest picture as JPEG; undefined before the first, or where the camera does not run here. */
  async snapshot(cameraId: string, maxWidth: number, covered: boolean): Promise<Uint8Array | undefined> {
    return this.isRunning(cameraId) ? this.#thread.snapshot(cameraId, maxWidth, covered) : undefined;
  }

  /** Asks a camera's recording. */
  recording<T>(cameraId: string, ask: RecordingQuestion): Promise<T> {
    return this.#thread.recording<T>(cameraId, ask);
  }

  /** Other attributes are told at a site: brings its cameras to what is stored. */
  siteChanged(siteId: string): void {
    for (const [cameraId, { row }] of this.#running) if (row.site_id === siteId) this.changed(cameraId);
  }

  /** Opens again what was refused; where a network was taken away, all that comes over the network. */
  networksChanged(removed: boolean): void {
    if (!this.#live) return;
    this.#changing = this.#changing
      .then(async () => {
        this.#thread.setAllow(await this.#parts.networks.all(analysisActor));
        for (const { watched, row, change } of [...this.#running.values()]) {
          const isRefused = change?.state === 'lost' && change.code === 'MEDIA_ADDRESS_FORBIDDEN';
          const isReached = settingsOf(row).source.type === 'stream';
          if (watched && (isRefused || (removed && isReached))) this.#open(row, watched);
        }
      })
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'cameras were not opened in other networks'));
  }

  #open(row: CameraRow, watched: WatchedCamera): void {
    this.#running.set(row.id, { row, watched, change: undefined, figures: undefined, troubles: {} });
    this.#thread.start(watched);
    this.#sayChanged(row);
  }

  isRunning(cameraId: string): boolean {
    return this.#running.has(cameraId);
  }

  async #bring(cameraId: string): Promise<void> {
    const { cameras, attributes, blobs } = this.#parts;
    const row = await cameras.row(analysisActor, cameraId);
    const before = this.#running.get(cameraId);
    if (!row.enabled || row.removed_at !== null || row.box_id !== null) {
      if (!before) return;
      this.#running.delete(cameraId);
      // Its last tracks, events and clips are stored, too.
      this.#leaving.set(cameraId, before);
      await this.#thread.stop(cameraId).finally(() => this.#leaving.delete(cameraId));
      return;
    }
    const rules = await cameras.rules(analysisActor, cameraId);
    const told = await attributes.inUse(analysisActor, row.site_id, cameraId);
    const models = told.map(({ model }) => model);
    try {
      await this.#parts.models.place(settingsOf(row).detection.model);
      const watched = watchedFromRow(row, rules, models, blobs);
      if (before?.watched && isSameBut(before.watched, watched)) {
        before.watched = watched;
        if (JSON.stringify(before.row.settings) === JSON.stringify(row.settings)) {
          this.#thread.setAttributes(cameraId, models);
          return this.#thread.setRules(cameraId, watched.rules, watched.ruleVersion);
        }
      }
      this.#open(row, watched);
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      const { code, message, details } = error;
      const change = { state: 'lost', code, message, details, at: Date.now() } as const;
      this.#running.set(cameraId, { row, watched: undefined, change, figures: undefined, troubles: {} });
    }
  }

  #take(cameraId: string, report: WatchReport): void {
    const running = this.#running.get(cameraId) ?? this.#leaving.get(cameraId);
    if (!running) return;
    switch (report.type) {
      case 'state':
        running.change = report.change;
        if (report.change.state !== 'streaming') running.figures = undefined;
        // Video begins anew with the connection; who looks waits for its first key frame.
        this.#viewers.get(cameraId)?.feed.reset();
        for (const viewer of this.#viewers.get(cameraId)?.viewers ?? []) viewer.state(this.#stateOf(cameraId));
        this.#sayChanged(running.row);
        break;
      case 'troubles':
        running.troubles = report.troubles;
        for (const viewer of this.#viewers.get(cameraId)?.viewers ?? []) viewer.state(this.#stateOf(cameraId));
        this.#sayChanged(running.row);
        break;
      case 'figures':
        running.figures = report.figures;
        break;
      case 'tracks':
        for (const viewer of this.#viewers.get(cameraId)?.viewers ?? []) viewer.tracks(report.tracks);
        break;
      case 'fragment':
        this.#viewers.get(cameraId)?.feed.take(report.fragment);
        break;
      case 'clip':
        this.#write(cameraId, () => this.#keepClip(cameraId, report.clip));
        break;
      case 'found':
        this.#write(cameraId, () => this.#keepFound(running.row, report));
        break;
      case 'chunk':
        this.#write(cameraId, () => this.#keepChunk(cameraId, report));
        break;
    }
  }

  #sayChanged({ id: cameraId, site_id: siteId }: CameraRow): void {
    this.#parts.live.publish(camerasTopic, { cameraId }, (actor) =>
      isAllowed(actor, 'matrixvision.camera.read', siteId),
    );
  }

  #write(cameraId: string, work: () => Promise<void>): void {
    const before = this.#writing.get(cameraId) ?? Promise.resolve();
    const now = before
      .then(() => this.#insist(cameraId, work))
      .catch((error: unknown) =>
        this.#parts.logger.error({ err: error, camera: cameraId }, 'what a camera found was not stored'),
      )
      .finally(() => {
        if (this.#writing.get(cameraId) === now) this.#writing.delete(cameraId);
      });
    this.#writing.set(cameraId, now);
  }

  /** A database that is away or full for some minutes loses nothing: each of these can be written again. */
  async #insist(cameraId: string, work: () => Promise<void>): Promise<void> {
    const backoff = new Backoff(tries);
    for (;;)
      try {
        return await work();
      } catch (error) {
        // What was refused for what it is would be refused again.
        const isRefused = isMillwrightError(error) && error.status < 500;
        if (isRefused || backoff.tries >= tries.most || this.#stopping.signal.aborted) throw error;
        this.#parts.logger.warn({ err: error, camera: cameraId }, 'what a camera found is stored later');
        await sleep(backoff.next(), this.#stopping.signal);
      }
  }

  async #keepFound(
    row: CameraRow,
    { picture, covered, ...found }: Extract<WatchReport, { type: 'found' }>,
  ): Promise<void> {
    const keep = async (jpeg: Uint8Array | undefined) =>
      jpeg ? (await this.#parts.blobs.put(jpeg, { mediaType: 'image/jpeg' })).hash : null;
    await this.#parts.store.found(row, { ...found, picture: await keep(picture), covered: await keep(covered) });
  }

  async #keepClip(cameraId: string, { path, ...clip }: ClipMade): Promise<void> {
    const { blobs, store } = this.#parts;
    const hash = path === undefined ? null : (await blobs.put(path, { mediaType: 'video/mp4' })).hash;
    await store.clip(cameraId, { ...clip, clip: hash });
    if (path !== undefined) await rm(path, { force: true });
  }

  async #keepChunk(cameraId: string, { chunk, ...of }: Extract<WatchReport, { type: 'chunk' }>): Promise<void> {
    const { bytes, ...facts } = chunk;
    const { hash, size } = await this.#parts.blobs.put(bytes, { mediaType: 'application/octet-stream' });
    await this.#parts.store.chunk(cameraId, { ...of, ...facts, blob: hash, bytes: size });
  }

  #stateOf(cameraId: string): CameraState | undefined {
    const running = this.#running.get(cameraId);
    if (!running) return undefined;
    const { change, figures, troubles } = running;
    return {
      state: change?.state ?? 'connecting',
      ...{ code: change?.code ?? null, message: change?.message ?? '' },
      ...(change?.details && { details: { ...change.details } }),
      since: change ? new Date(change.at).toISOString() : null,
      ...{
        health: figures?.health ?? null,
        width: change?.video?.width ?? null,
        height: change?.video?.height ?? null,
      },
      ...{ codec: change?.video?.codec ?? null, decoder: change?.video?.decoder ?? null },
      ...{ framesPerSecond: figures?.framesPerSecond ?? null, decodedPerSecond: figures?.decodedPerSecond ?? null },
      detectionsPerSecond: figures?.detectionsPerSecond ?? null,
      detectionsPerMovingSecond: figures?.detectionsPerMovingSecond ?? null,
      ...{ movingShare: figures?.movingShare ?? null, droppedLate: figures?.droppedLate ?? 0 },
      ...{ latencyMs: figures?.latencyMs ?? null, latencyP95Ms: figures?.latencyP95Ms ?? null },
      notes: notesOf(change, troubles),
      detector: figures?.detector ?? null,
    };
  }
}

function notesOf(change: WatchStateChange | undefined, { notRecorded, tooFast, unjudged }: WatchTroubles): Note[] {
  const notes: Note[] = [];
  if (notRecorded?.code === 'MEDIA_DISK_FULL') notes.push(cameraNotes['disk-full']());
  else if (notRecorded) notes.push(cameraNotes['not-recorded']({ reason: notRecorded.message }));
  if (tooFast) notes.push(cameraNotes['too-fast']());
  for (const { rule, missing, names } of unjudged ?? [])
    notes.push(cameraNotes[missing === 'labels' ? 'rule-labels' : 'rule-attribute']({ rule, names: names.join(', ') }));
  const missing = change?.video?.hardwareMissing;
  if (missing) notes.push(cameraNotes['hardware-missing']({ hardware: missing }));
  return notes;
}
