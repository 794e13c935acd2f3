import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Detector, PoseEstimator } from '@millwright/inference';
import { isMillwrightError, type Logger, newId } from '@millwright/kernel';
import {
  type CameraRecording,
  type CameraState,
  CameraStream,
  type HardwareChoice,
  type VideoFrame,
} from '@millwright/media';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import { AttributeReader } from '../attributes/verdicts/attribute-reader.ts';
import type { Size } from '../geometry/box.ts';
import type { Detected, Observation, TrackedObject } from '../observation.ts';
import { CameraPipeline } from '../pipeline/camera-pipeline.ts';
import { DrawnEdges } from '../pipeline/drawn-edges.ts';
import { evenScore, ownScore } from '../pipeline/even-score.ts';
import { coverPicture } from '../privacy/cover-picture.ts';
import { coveredPlaces } from '../privacy/covered-places.ts';
import { createRules, type RuleEngine } from '../rules/engine.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import { unjudgedRules } from '../rules/unjudged-rules.ts';
import { trackerDefaults } from '../tracking/options.ts';
import { createTracker } from '../tracking/tracker.ts';
import { quantiseObservation } from '../tracks/quantise.ts';
import { ClipMaker } from './clip-maker.ts';
import { Figures } from './figures.ts';
import { needsPoses } from './needs-poses.ts';
import { cutPeople } from './people-cutter.ts';
import { PoseReader } from './pose-reader.ts';
import { RegionReader } from './region-reader.ts';
import { TrackWriter } from './track-writer.ts';
import type {
  DetectorUsed,
  FoundEvent,
  LiveTracks,
  SeenPeople,
  WatchedCamera,
  WatchReport,
  WatchTroubles,
} from './watched-camera.ts';

interface Lost {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface WatchParts {
  readonly camera: WatchedCamera;
  /** Where the camera's recording goes, where it has one. */
  readonly recording: CameraRecording | undefined;
  /** Folder that clips lie in until they are taken. */
  readonly clips: string;
  /** Networks inside which cameras may be. */
  readonly allow: readonly string[];
  /** What decodes. */
  readonly hardware: HardwareChoice;
  /** Opened when the first frame is there. */
  detector(model: string): Promise<Detector>;
  /** Opened when a rule needs poses. */
  pose(): Promise<PoseEstimator>;
  report(report: WatchReport): void;
  readonly logger: Logger;
}

/** Width of the picture that goes with an event. */
const pictureWidth = 1280;
const figuresEveryMs = 2_000;
const retryMs = 5_000;
/** So many times what a look takes goes by before the next one, so that a busy machine looks less often instead of later. */
const restBetweenLooks = 2;
/** The clock was set back by so much: what is known of before must not be compared with what comes. */
const setBackMs = 5_000;
/** How often rules are told that there is no picture, while those that ask for it may still decide. */
const noSignalEveryMs = 1_000;

/** One camera in the analysis thread: recorded, shown, and from its frames to tracks and events, until it is stopped. */
export class CameraWatch {
  #parts: WatchParts;
  #rules: RuleEngine;
  #ruleVersion: number;
  #attributes: AttributeReader;
  #attributesOf: readonly AttributeModel[];
  #rulesFile: RulesFile;
  #edges: DrawnEdges;
  #needsPoses: boolean;
  #poses: PoseReader | undefined;
  #regions = new RegionReader();
  #stop = new AbortController();
  #running: Promise<void> | undefined;
  /** What is recorded and shown. */
  #main: CameraStream;
  /** What is analysed; the same unless the camera has a smaller stream for it. */
  #analysed: CameraStream;
  #latest: VideoFrame | undefined;
  /** The newest frame whose things are told. */
  #told: { readonly frame: VideoFrame; readonly objects: readonly TrackedObject[] } | undefined;
  #figures = new Figures();
  #troubles: WatchTroubles = {};
  /** Of the newest frame. */
  #size: Size | undefined;
  #isLooking = false;
  /** Time of what the rules were told last, in this run. */
  #lastTold = Number.NEGATIVE_INFINITY;
  #detector: DetectorUsed | undefined;
  /** What the detector can find, once it is open. */
  #labels: readonly string[] | undefined;
  #clips: ClipMaker | undefined;
  #unwatch: (() => void) | undefined;
  /** Tells rules that there is no picture; once for each time that it goes. */
  #blind: Promise<void> | undefined;
  #runId = newId();
  #tracks = new TrackWriter((chunk) =>
    this.#say({ type: 'chunk', runId: this.#runId, ruleVersion: this.#ruleVersion, chunk }),
  );

  constructor(parts: WatchParts) {
    const { camera, recording, clips, allow, hardware, logger } = parts;
    this.#parts = parts;
    this.#rules = createRules(camera.rules);
    this.#ruleVersion = camera.ruleVersion;
    this.#attributes = new AttributeReader(camera.attributes);
    this.#attributesOf = camera.attributes;
    this.#rulesFile = camera.rules;
    this.#edges = new DrawnEdges(camera.rules);
    this.#regions.setRules(camera.rules);
    this.#needsPoses = needsPoses(camera.attributes, camera.rules);
    // More than the detector will be asked about; the rest would be decoded for nothing but smooth boxes.
    const every = { perSecond: Math.max(10, camera.mostPerSecond) };
    const source = {
      transport: camera.transport,
      allow,
      hardware,
      logger,
      ...(camera.plays && { loop: camera.plays.loop }),
    };
    this.#main = new CameraStream({
      ...{ ...source, url: camera.url, every },
      ...(camera.analysisUrl && { decodeOnly: 'key' as const }),
      ...(camera.recording && recording && { recording: recordingOptions(camera.recording, recording) }),
    });
    this.#analysed = camera.analysisUrl ? new CameraStream({ ...source, url: camera.analysisUrl, every }) : this.#main;
    this.#analysed.on('pace', ({ behind }) => this.#trouble({ tooFast: behind }));
    if (!camera.recording || !recording) return;
    this.#main.on('recording', (now) => {
      const error = now.state === 'stopped' ? now.error : undefined;
      this.#trouble({ notRecorded: error && plainOf(error) });
    });
    if (camera.analysisUrl)
      this.#main.on('state', (now) => {
        if (now.state === 'lost') this.#trouble({ notRecorded: plainOf(now.error) });
        if (now.state === 'streaming') this.#trouble({ notRecorded: undefined });
      });
    const { preMs, postMs } = camera.recording;
    this.#clips = new ClipMaker({
      ...{ recording, folder: clips, preMs, postMs, logger },
      made: (clip) => this.#say({ type: 'clip', clip }),
    });
    this.#main.on('segment', ({ to }) => this.#clips?.recorded(to));
  }

  /** As its settings name it. */
  get model(): string {
    return this.#parts.camera.model;
  }

  /** Whether its rules or attributes read poses. */
  get needsPoses(): boolean {
    return this.#needsPoses;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([this.#main.close(), this.#analysed.close()]);
    await this.#running;
    await this.#blind;
    await this.#clips?.close();
  }

  /** New rules see the tracks from now on; those that stay as they are go on, with their counts. */
  setRules(rules: RulesFile, version: number): void {
    this.#tracks.flush();
    this.#rules = this.#rules.followedBy(rules);
    this.#rulesFile = rules;
    this.#edges = new DrawnEdges(rules);
    this.#regions.setRules(rules);
    this.#needsPoses = needsPoses(this.#attributesOf, rules);
    this.#ruleVersion = version;
    this.#tellUnjudged();
  }

  /** Other attributes of people; what is held of them begins anew. */
  setAttributes(models: readonly AttributeModel[]): void {
    if (this.#attributes.reads(models)) return;
    this.#attributes = new AttributeReader(models);
    this.#attributesOf = models;
    this.#needsPoses = needsPoses(models, this.#rulesFile);
    this.#tellUnjudged();
  }

  /** Whether somebody looks, so that video and tracks are to be said as they come. */
  watch(on: boolean): void {
    if (!on) {
      this.#unwatch?.();
      this.#unwatch = undefined;
    } else this.#unwatch ??= this.#main.watch((fragment) => this.#say({ type: 'fragment', fragment }));
  }

  /** The newest picture as JPEG, with people covered where it is asked for; undefined before the first. */
  async snapshot(maxWidth: number, covered: boolean): Promise<Uint8Array | undefined> {
    const { covering } = this.#parts.camera;
    if (!covered || !covering) return this.#latest?.jpeg({ maxWidth });
    // Only a picture whose people are known can be covered, not one that has just come.
    const told = this.#told;
    const jpeg = await told?.frame.jpeg({ maxWidth });
    return jpeg && told && coverPicture(jpeg, coveredPlaces(told.objects, covering), told.frame);
  }

  /** Who is seen now, each cut out of the picture; undefined before the first picture. */
  async people(): Promise<SeenPeople | undefined> {
    // The network may have to be converted first, which outlives a frame.
    const pose = await this.#parts.pose();
    const told = this.#told;
    if (!told) return undefined;
    const { frame, objects } = told;
    const runId = this.#runId;
    try {
      return { runId, time: frame.time, people: await cutPeople(frame, objects, pose) };
    } catch (error) {
      // The decoder has let go of the frame meanwhile: the next look finds a newer one.
      if (isMillwrightError(error)) return { runId, time: frame.time, people: [] };
      throw error;
    }
  }

  async #run(): Promise<void> {
    this.#analysed.on('state', (state) => this.#entered(state));
    this.#entered(this.#analysed.state);
    while (!this.#stop.signal.aborted) {
      try {
        await this.#main.start();
        if (this.#analysed !== this.#main) await this.#analysed.start();
        if (!this.#parts.camera.refused) await this.#analyse();
        else if (!this.#stop.signal.aborted) await once(this.#stop.signal, 'abort');
        return;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const coded = isMillwrightError(error);
        if (!coded)
          this.#parts.logger.error({ err: error, camera: this.#parts.camera.id }, 'a camera’s analysis failed');
        await this.#endRun().catch(() => undefined);
        if (coded) this.#lost(error);
        else this.#lost({ code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) });
        // An abort ends the pause; what it was for is looked at by the loop.
        await setTimeout(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        this.#entered(this.#analysed.state);
      }
    }
  }

  /** Looks at frames until the camera is closed or a file has ended. */
  async #analyse(): Promise<void> {
    let pipeline = this.#beginRun();
    let [saidAt, lastTime] = [0, Number.NEGATIVE_INFINITY];
    for await (const frame of this.#analysed.frames()) {
      if (frame.time < lastTime - setBackMs) {
        await this.#endRun();
        pipeline = this.#beginRun();
      }
      lastTime = frame.time;
      this.#isLooking = true;
      this.#size = { width: frame.width, height: frame.height };
      this.#latest = frame;
      const { health } = this.#analysed;
      const { observation, motion, detections } = await pipeline.process(frame, health);
      const objects = await this.#looked(frame, observation.objects);
      const regions = await this.#regions.read(frame, objects);
      // It may have been told later than this that there was no picture.
      const time = Math.max(frame.time, this.#lastTold);
      await this.#observe({ ...observation, time, objects, ...(regions && { regions }) }, frame);
      this.#isLooking = false;
      const { decoded, droppedLate } = this.#analysed.stats();
      const at = Date.now();
      this.#figures.frame({
        ...{ at, captured: frame.time, moves: motion.share > 0, looked: detections !== undefined },
        ...{ decoded, droppedLate },
      });
      if (at >= saidAt && at - saidAt < figuresEveryMs) continue;
      saidAt = at;
      const figures = { ...this.#figures.now(saidAt, health), detector: this.#detector };
      this.#say({ type: 'figures', figures });
    }
    this.#latest = undefined;
    await this.#endRun();
    this.#told = undefined;
  }

  /** Tracks begin anew, and all that is known of them. */
  #beginRun(): CameraPipeline<VideoFrame> {
    this.#runId = newId();
    this.#lastTold = Number.NEGATIVE_INFINITY;
    this.#isLooking = false;
    this.#poses = undefined;
    this.#regions = new RegionReader();
    this.#regions.setRules(this.#rulesFile);
    this.#attributes = new AttributeReader(this.#attributesOf);
    const leastMs = 1000 / this.#parts.camera.mostPerSecond;
    return new CameraPipeline<VideoFrame>({
      detect: (frame) => this.#detect(frame),
      tracker: createTracker(),
      pace: { leastMs, unconfirmedMs: leastMs, rest: restBetweenLooks },
      isNear: (thing, size) => this.#edges.isNear(thing, size),
    });
  }

  /** What is still open is decided, and what is known of tracks is handed over. */
  async #endRun(): Promise<void> {
    await this.#found(this.#rules.finish(), this.#told?.frame);
    this.#tracks.flush();
  }

  /** While there is no picture, rules about the camera itself are told so until they had time to decide. */
  async #tellNoSignal(): Promise<void> {
    const { signal } = this.#stop;
    const patience = this.#rulesFile.rules.flatMap(({ kind, enabled, ...rule }) =>
      kind === 'camera-tampering' && enabled ? [(rule as { dwell?: number }).dwell ?? 0] : [],
    );
    const looks = patience.length > 0 ? Math.ceil((Math.max(...patience) * 1000) / noSignalEveryMs) + 2 : 0;
    for (let look = 0; look < looks; look++) {
      await setTimeout(noSignalEveryMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || this.#analysed.health !== 'no-signal') return;
      // Before the first picture its size is not known; and a frame that is still looked at comes first.
      if (!this.#size || this.#isLooking) continue;
      const time = Math.max(Date.now(), this.#lastTold);
      await this.#observe({ ...this.#size, time, objects: [], health: 'no-signal' }, undefined);
    }
  }

  async #detect(frame: VideoFrame): Promise<readonly Detected[]> {
    const { camera } = this.#parts;
    const detector = await this.#parts.detector(camera.model);
    const { name, version, sha256, provider } = detector;
    this.#detector = { model: camera.model, name, version, sha256, provider };
    if (this.#labels !== detector.labels) {
      this.#labels = detector.labels;
      this.#tellUnjudged();
    }
    const pictures = await frame.views([detector.inputFor(frame.width, frame.height)]);
    const believed = camera.threshold ?? detector.threshold;
    const [found] = await detector.detect(pictures, {
      threshold: ownScore(trackerDefaults.lowScore, believed),
      ...(camera.labels && { labels: camera.labels }),
    });
    return found!.map((one) => ({ ...one, score: evenScore(one.score, believed) }));
  }

  /** The things with poses and attributes, where any are wanted. */
  async #looked(frame: VideoFrame, objects: readonly TrackedObject[]): Promise<readonly TrackedObject[]> {
    try {
      // The network is let go of where nobody reads poses any more.
      if (!this.#needsPoses) this.#poses = undefined;
      else this.#poses ??= new PoseReader(await this.#parts.pose());
      const posed = (await this.#poses?.read(frame, objects)) ?? objects;
      return await this.#attributes.read(frame, posed);
    } catch (error) {
      // Another frame follows at once; this one is judged without them.
      this.#parts.logger.warn({ err: error, camera: this.#parts.camera.id }, 'poses or attributes were not read');
      return objects;
    }
  }

  /** @param frame undefined where there is no picture. */
  async #observe(told: Observation, frame: VideoFrame | undefined): Promise<void> {
    this.#lastTold = told.time;
    // Rules see what is stored, so that they find the same again on it.
    const observation = quantiseObservation(told);
    this.#tracks.add(observation);
    if (frame) this.#told = { frame, objects: observation.objects };
    await this.#found(this.#rules.observe(observation), frame);
    if (this.#unwatch) this.#say({ type: 'tracks', tracks: this.#live(observation) });
  }

  async #found(events: ReturnType<RuleEngine['observe']>, frame: VideoFrame | undefined): Promise<void> {
    if (events.length === 0) return;
    this.#tracks.eventFound();
    this.#main.keep(Math.max(...events.map(({ at }) => at)));
    const picture = await frame?.jpeg({ maxWidth: pictureWidth }).catch((error: unknown) => {
      // The event counts without its picture; that it has none is shown.
      this.#parts.logger.warn({ err: error, camera: this.#parts.camera.id }, 'an event has no picture');
      return undefined;
    });
    const { width, height } = frame ?? { width: 0, height: 0 };
    const { covering } = this.#parts.camera;
    const places = covering && coveredPlaces(this.#told?.objects ?? [], covering);
    const covered = picture && places && (await coverPicture(picture, places, { width, height }));
    const found: FoundEvent[] = events.map((event) => ({ id: newId(), event, width, height }));
    this.#say({
      ...{ type: 'found', runId: this.#runId, ruleVersion: this.#ruleVersion, picture, covered, events: found },
      detector: this.#detector,
    });
    for (const { id, event } of found) this.#clips?.want(id, event.at, event.since);
  }

  #live({ time, width, height, objects }: Observation): LiveTracks {
    const fraction = (value: number, whole: number) => Math.round((value / whole) * 10_000) / 10_000;
    return {
      time,
      objects: objects.map(({ track, label, score, state, box }) => ({
        ...{ track, label, score: Math.round(score * 100) / 100, state },
        box: [
          fraction(box.x, width),
          fraction(box.y, height),
          fraction(box.width, width),
          fraction(box.height, height),
        ],
      })),
      counts: this.#rules.counts(),
    };
  }

  #entered(state: CameraState): void {
    if (state.state === 'closed') return;
    const { refused } = this.#parts.camera;
    if (refused && state.state === 'streaming') this.#lost(refused);
    else if (state.state === 'lost') {
      this.#lost(state.error);
      if (!this.#blind) this.#blind = this.#tellNoSignal().catch(() => undefined);
    } else if (state.state !== 'streaming')
      this.#say({ type: 'state', change: { state: state.state, message: '', at: Date.now() } });
    else {
      this.#blind = undefined;
      const { width, height, codec, decoder, frameRate, hardwareMissing } = state.info;
      const video = { width, height, codec, decoder, frameRate, ...(hardwareMissing && { hardwareMissing }) };
      this.#say({ type: 'state', change: { state: 'streaming', message: '', video, at: Date.now() } });
    }
  }

  /** A rule that can find nothing is in force without a word else, and its nought is taken for a figure. */
  #tellUnjudged(): void {
    if (!this.#labels) return;
    const labels = this.#parts.camera.labels ?? this.#labels;
    const unjudged = unjudgedRules(this.#rulesFile, labels, this.#attributesOf);
    this.#trouble({ unjudged: unjudged.length > 0 ? unjudged : undefined });
  }

  #trouble(change: WatchTroubles): void {
    const before = JSON.stringify(this.#troubles);
    this.#troubles = { ...this.#troubles, ...change };
    // A disk that stays full is tried again and again, and always says the same.
    if (JSON.stringify(this.#troubles) !== before) this.#say({ type: 'troubles', troubles: this.#troubles });
  }

  #lost({ code, message, details }: Lost): void {
    this.#say({ type: 'state', change: { state: 'lost', code, message, ...(details && { details }), at: Date.now() } });
  }

  #say(report: WatchReport): void {
    this.#parts.report(report);
  }
}

const plainOf = ({ code, message }: Lost) => ({ code, message });

const recordingOptions = (
  { mode, preMs, postMs, days, bytes }: NonNullable<WatchedCamera['recording']>,
  recording: CameraRecording,
) => ({ recording, mode, preRollMs: preMs, postRollMs: postMs, retention: { days, bytes } });
