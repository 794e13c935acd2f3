/** The thread that watches cameras: detectors, trackers and rules of all of them. Started by AnalysisThread only. */
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Detector,
  openDetectorPool,
  openPose,
  type PoseEstimator,
  type ProviderName,
  usualIsolation,
} from '@millwright/inference';
import { isMillwrightError, type Logger } from '@millwright/kernel';
import { type CameraRecording, type HardwareChoice, RecordingStore, writeError } from '@millwright/media';
import { isOwnModel } from '../models/own-model.ts';
import { cardPathOf } from '../models/place-model.ts';
import { CameraWatch } from './camera-watch.ts';
import { answerRecording } from './recording-questions.ts';
import { SharedNetworks } from './shared-networks.ts';
import type { ThreadReport, ThreadRequest, WatchedCamera, WatchReport } from './watched-camera.ts';

export interface AnalysisWorkerData {
  /** Folder that converted networks are kept in. */
  readonly models: string;
  readonly providers: readonly ProviderName[];
  /** Folder of all recordings. */
  readonly recordings: string;
  /** Folder that clips lie in until they are taken. */
  readonly clips: string;
  /** Networks inside which cameras may be, e.g. 192.168.4.0/24. */
  readonly allow: readonly string[];
  readonly hardware: HardwareChoice;
}

const { models, providers, recordings, clips, hardware } = workerData as AnalysisWorkerData;
let { allow } = workerData as AnalysisWorkerData;
const port = parentPort!;

const say = (report: ThreadReport, transfer: ArrayBuffer[] = []) => port.postMessage(report, transfer);

/** As much of a logger as media and inference use; lines go to the server's log. */
const log =
  (level: 'info' | 'warn' | 'error') =>
  (first: unknown, second?: string): void => {
    const facts = typeof first === 'object' && first !== null ? plain(first) : undefined;
    const message = typeof first === 'string' ? first : (second ?? '');
    say({ type: 'log', level, message, ...(facts && { facts }) });
  };
const logger = {
  info: log('info'),
  warn: log('warn'),
  error: log('error'),
  debug: () => undefined,
} as unknown as Logger;

/** Errors do not survive the way between threads as they are. */
function plain(facts: object): object {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      value instanceof Error ? { message: value.message, stack: value.stack } : value,
    ]),
  );
}

let store: Promise<RecordingStore> | undefined;
function openedStore(): Promise<RecordingStore> {
  store ??= RecordingStore.open(recordings);
  store.catch(() => {
    store = undefined;
  });
  return store;
}

const watches = new Map<string, CameraWatch>();
/** How long a network stays open after its last camera was set to another. */
const lingerMs = 10_000;

/** One pool of networks for all cameras of a model. */
const detectors = new SharedNetworks<Detector>({
  lingerMs,
  isUsed: (model) => [...watches.values()].some((watch) => watch.model === model),
  /** Nobody vouches for a network of a user: it runs in processes of its own, and is opened anew when it ended them. */
  open(model, onLost) {
    const options = { cache: models, providers, logger };
    if (!isOwnModel(model)) return openDetectorPool({ ...options, model });
    return openDetectorPool({ ...options, model: cardPathOf(models, model), isolation: usualIsolation, onLost });
  },
});

const poses = new SharedNetworks<PoseEstimator>({
  lingerMs,
  isUsed: () => [...watches.values()].some((watch) => watch.needsPoses),
  open: () => openPose({ cache: models, providers, logger }),
});

function usersChanged(): void {
  detectors.usersChanged();
  poses.usersChanged();
}

const transferOf = (report: WatchReport): ArrayBuffer[] => {
  if (report.type === 'chunk') return [report.chunk.bytes.buffer as ArrayBuffer];
  return [];
};

/** Cameras that are watched without their recording, as they are now, until it can be opened. */
const waiting = new Map<string, WatchedCamera>();
const recordingRetryMs = 30_000;

/** Undefined where it cannot be opened (a full disk, a share that is away): the camera is watched all the same, and says so. */
async function recordingOf(
  camera: WatchedCamera,
  report: (one: WatchReport) => void,
): Promise<CameraRecording | undefined> {
  try {
    return await (await openedStore()).camera(camera.id);
  } catch (error) {
    const { code, message } = writeError(error, recordings);
    report({ type: 'troubles', troubles: { notRecorded: { code, message } } });
    logger.error({ err: error, camera: camera.id }, 'a recording was not opened');
    if (!waiting.has(camera.id)) void retryRecording(camera.id);
    waiting.set(camera.id, camera);
    return undefined;
  }
}

/** Starts the camera again once its recording can be opened, and not before: what is watched goes on. */
async function retryRecording(cameraId: string): Promise<void> {
  for (;;) {
    await setTimeout(recordingRetryMs, undefined, { ref: false });
    const camera = waiting.get(cameraId);
    if (!camera) return;
    const isThere = await openedStore()
      .then((opened) => opened.camera(cameraId))
      .then(
        () => true,
        () => false,
      );
    if (!isThere || waiting.get(cameraId) !== camera) continue;
    waiting.delete(cameraId);
    await inOrder({ do: 'start', camera }).catch((error: unknown) =>
      logger.error({ err: error, camera: cameraId }, 'a camera was not started'),
    );
    return;
  }
}

function changeWaiting(cameraId: string, change: Partial<WatchedCamera>): void {
  const camera = waiting.get(cameraId);
  if (camera) waiting.set(cameraId, { ...camera, ...change });
}

async function take(request: ThreadRequest): Promise<unknown> {
  switch (request.do) {
    case 'start': {
      const { camera } = request;
      await watches.get(camera.id)?.stop();
      const report = (one: WatchReport) => say({ type: 'camera', cameraId: camera.id, report: one }, transferOf(one));
      watches.delete(camera.id);
      if (!camera.recording) waiting.delete(camera.id);
      const recording = camera.recording && (await recordingOf(camera, report));
      const networks = { detector: (model: string) => detectors.get(model), pose: () => poses.get('movenet') };
      const watch = new CameraWatch({ camera, recording, clips, allow, hardware, ...networks, report, logger });
      watches.set(camera.id, watch);
      watch.start();
      usersChanged();
      return undefined;
    }
    case 'stop': {
      const watch = watches.get(request.cameraId);
      watches.delete(request.cameraId);
      waiting.delete(request.cameraId);
      await watch?.stop();
      usersChanged();
      return undefined;
    }
    case 'rules':
      changeWaiting(request.cameraId, { rules: request.rules, ruleVersion: request.ruleVersion });
      watches.get(request.cameraId)?.setRules(request.rules, request.ruleVersion);
      return usersChanged();
    case 'attributes':
      changeWaiting(request.cameraId, { attributes: request.attributes });
      watches.get(request.cameraId)?.setAttributes(request.attributes);
      return usersChanged();
    case 'allow':
      allow = request.allow;
      return undefined;
    case 'watch':
      return watches.get(request.cameraId)?.watch(request.on);
    case 'recording':
      return answerRecording(await (await openedStore()).camera(request.cameraId), request.ask);
    case 'people':
      return watches.get(request.cameraId)?.people();
    case 'snapshot':
      return watches.get(request.cameraId)?.snapshot(request.maxWidth, request.covered);
  }
}

/** Requests about one camera are done in their order: new rules must not overtake its start. */
const order = new Map<string, Promise<unknown>>();
function inOrder(request: ThreadRequest): Promise<unknown> {
  // A question is no change, and a clip may take seconds.
  if (request.do === 'allow') return take(request);
  if (request.do === 'snapshot' || request.do === 'people' || request.do === 'recording') return take(request);
  const cameraId = request.do === 'start' ? request.camera.id : request.cameraId;
  const done = (order.get(cameraId) ?? Promise.resolve()).then(() => take(request));
  order.set(
    cameraId,
    done.catch(() => undefined),
  );
  return done;
}

port.on('message', (request: ThreadRequest) => {
  inOrder(request).then(
    (value) => 'reply' in request && say({ type: 'reply', reply: request.reply, value }),
    (error: unknown) => {
      if (!('reply' in request))
        return logger.error({ err: error, request: request.do }, 'a request to the analysis failed');
      const coded = isMillwrightError(error);
      say({
        ...{ type: 'reply', reply: request.reply },
        error: {
          ...{ code: coded ? error.code : 'INTERNAL', status: coded ? error.status : 500 },
          ...{ message: error instanceof Error ? error.message : String(error), details: coded ? error.details : {} },
        },
      });
    },
  );
});
