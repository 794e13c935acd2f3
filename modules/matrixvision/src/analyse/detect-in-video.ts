import { availableParallelism } from 'node:os';
import type { Detector } from '@millwright/inference';
import { isMillwrightError } from '@millwright/kernel';
import { openVideo, type StreamInfo, type VideoFrame } from '@millwright/media';
import type { Size } from '../geometry/box.ts';
import type { Detected } from '../observation.ts';
import { CameraPipeline, type PipelineFrame } from '../pipeline/camera-pipeline.ts';
import { evenScore, ownScore } from '../pipeline/even-score.ts';
import type { DetectionFrame } from '../tracking/offline.ts';
import { createTracker } from '../tracking/tracker.ts';
import { BusyTime } from './busy-time.ts';
import type { VideoPart } from './video-part.ts';

/** Every Nth frame, or as often as what moves asks for. */
export type DetectionRate = number | 'auto';

export interface DetectOptions {
  /** In order of time; may still be on their way. */
  readonly parts: AsyncIterable<VideoPart> | Iterable<VideoPart>;
  readonly detector: Detector;
  readonly every: DetectionRate;
  /** Least even score that is kept; low ones keep tracks alive and begin none. */
  readonly leastScore: number;
  readonly labels?: readonly string[] | undefined;
  /** Ends it after so many seconds of the video. */
  readonly seconds?: number | undefined;
  /** Ends it after so many frames. */
  readonly mostFrames?: number | undefined;
  /** Throws away what was done. */
  readonly signal?: AbortSignal;
  /** Ends it, with what was done until then. */
  readonly enough?: AbortSignal | undefined;
  progress?(done: DetectionProgress): void;
}

export interface DetectionProgress {
  readonly frames: number;
  /** How far into the video, milliseconds. */
  readonly ms: number;
  /** Of the video; undefined where its end is not known. */
  readonly durationMs: number | undefined;
}

export interface DetectedVideo {
  /** Of the first part, undefined where there was none. The picture may change its size on the way: boxes are in pixels of this one all the same. */
  readonly info: StreamInfo | undefined;
  /** Packets or frames that the decoder refused. */
  readonly corrupt: number;
  /** Every frame of the video, in order; times are rising. */
  readonly frames: readonly DetectionFrame[];
  /** The parts of which there is a frame. */
  readonly parts: readonly VideoPart[];
  /** Code of the error at which the video breaks off; the frames before it are good. */
  readonly brokenOff: string | undefined;
  /** How many frames the detector looked at. */
  readonly looked: number;
  /** Time in which the network worked, with what comes of its outputs, milliseconds. */
  readonly networkMs: number;
}

/** A video that cannot be read on is good up to there; other errors say nothing about the video. */
const breaksOff = new Set(['MEDIA_UNREADABLE', 'MEDIA_NO_FRAMES']);

/** Runs a detector over a video, on every Nth frame or where it is worth it. Rejects with an error of `mediaErrors`. */
export async function detectInVideo(options: DetectOptions): Promise<DetectedVideo> {
  const run = new Detection(options);
  for await (const part of options.parts) if (!(await run.take(part))) break;
  return run.result();
}

interface OpenFrame {
  readonly time: number;
  readonly detections: Promise<readonly Detected[]> | undefined;
}

class Detection {
  readonly #options: DetectOptions;
  readonly #busy = new BusyTime();
  readonly #frames: OpenFrame[] = [];
  readonly #parts: VideoPart[] = [];
  readonly #look: Look;
  #info: StreamInfo | undefined;
  #size: Size | undefined;
  #origin: number | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #looked = 0;
  #corrupt = 0;
  #brokenOff: string | undefined;

  constructor(options: DetectOptions) {
    this.#options = options;
    const detect = (frame: PlacedFrame) => this.#detect(frame);
    this.#look = options.every === 'auto' ? automatic(detect) : everyNth(options.every, detect);
  }

  /** False when nothing after this part is wanted. */
  async take(part: VideoPart): Promise<boolean> {
    const { detector, every, signal } = this.#options;
    const { path: url, startTime } = part;
    // With several threads FFmpeg makes good for what is damaged as it happens to come, and a proof needs the same each time.
    const threads = 1;
    // Only the pace looks at the small picture.
    const look = every === 'auto';
    const stream = await openVideo({ url, startTime, threads, look, delivery: 'every', ...(signal && { signal }) });
    this.#info ??= stream.info;
    this.#origin ??= startTime;
    // Pictures of every frame come along while the network works on the one before; of some frames they are asked for.
    if (every === 1) stream.change({ views: [detector.inputFor(stream.info.width, stream.info.height)] });
    const before = this.#frames.length;
    let goesOn = true;
    try {
      for await (const frame of stream.frames()) {
        goesOn = await this.#frame(frame);
        if (goesOn) continue;
        // Pictures of the last frames may still be on their way, which a stream that is closed does not give.
        await Promise.allSettled(this.#frames.map(({ detections }) => detections));
        break;
      }
    } catch (error) {
      if (!isMillwrightError(error) || !breaksOff.has(error.code) || this.#frames.length === 0) throw error;
      this.#brokenOff ??= error.code;
    }
    this.#corrupt += stream.stats().corrupt;
    if (this.#frames.length > before) this.#parts.push(part);
    signal?.throwIfAborted();
    return goesOn;
  }

  async #frame(frame: VideoFrame): Promise<boolean> {
    const { seconds, mostFrames = Number.POSITIVE_INFINITY, enough, progress } = this.#options;
    const ms = frame.time - this.#origin!;
    if (enough?.aborted || (seconds !== undefined && ms > seconds * 1000)) return false;
    this.#size ??= { width: frame.width, height: frame.height };
    // Clocks stand still or run back where one file ends and the next begins; trackers and rules need them to rise.
    const time = frame.time > this.#last ? frame.time : this.#last + 1;
    this.#last = time;
    const detections = await this.#look({ ...this.#size, time, look: frame.look, frame });
    // A failure is thrown at the end, where all are waited for.
    detections?.found.catch(() => undefined);
    this.#frames.push({ time, detections: detections?.found });
    progress?.({ frames: this.#frames.length, ms, durationMs: this.#info!.durationMs });
    return this.#frames.length < mostFrames;
  }

  async #detect({ frame, width, height }: PlacedFrame): Promise<readonly Detected[]> {
    const { detector, leastScore, labels } = this.#options;
    const threshold = ownScore(leastScore, detector.threshold);
    // The size may have changed on the way, and the first frames may have come before the views were asked for.
    const wanted = detector.inputFor(frame.width, frame.height);
    const ready = frame.pictures.find((picture) => picture.width === wanted.width && picture.height === wanted.height);
    const picture = ready ?? (await frame.views([wanted]))[0]!;
    this.#looked += 1;
    const wish = { threshold, give: true, ...(labels && { labels }) };
    const found = await this.#busy.during(detector.detect([picture], wish));
    const [scaleX, scaleY] = [width / frame.width, height / frame.height];
    return found[0]!.map(({ box, score, label }) => ({
      box: { x: box.x * scaleX, y: box.y * scaleY, width: box.width * scaleX, height: box.height * scaleY },
      score: evenScore(score, detector.threshold),
      label,
    }));
  }

  async result(): Promise<DetectedVideo> {
    const frames = await Promise.all(
      this.#frames.map(async ({ time, detections }) => ({ time, detections: await detections })),
    );
    return {
      info: this.#info && { ...this.#info, ...this.#size },
      ...{ corrupt: this.#corrupt, frames, parts: this.#parts, brokenOff: this.#brokenOff },
      ...{ looked: this.#looked, networkMs: this.#busy.ms },
    };
  }
}

/** Width, height and time are those of the whole video; the frame has its own. */
interface PlacedFrame extends PipelineFrame {
  readonly frame: VideoFrame;
}

/** The detections of a frame, which may still be on their way; undefined where it is not looked at. */
type Look = (frame: PlacedFrame) => Promise<{ readonly found: Promise<readonly Detected[]> } | undefined>;

/** As many frames at once as there are networks, and one that is being cut out meanwhile. */
const atOnce = availableParallelism() + 1;

function everyNth(nth: number, detect: (frame: PlacedFrame) => Promise<readonly Detected[]>): Look {
  let count = 0;
  const open = new Set<Promise<unknown>>();
  return async (frame) => {
    if (count++ % nth !== 0) return undefined;
    if (open.size >= atOnce) await Promise.race(open);
    const found = detect(frame);
    open.add(found);
    const close = () => open.delete(found);
    found.then(close, close);
    return { found };
  };
}

/** Each decision waits for what the frames before have shown. */
function automatic(detect: (frame: PlacedFrame) => Promise<readonly Detected[]>): Look {
  const pipeline = new CameraPipeline<PlacedFrame>({ detect, tracker: createTracker(), pace: {} });
  return async (frame) => {
    const { detections } = await pipeline.process(frame);
    return detections && { found: Promise.resolve(detections) };
  };
}
