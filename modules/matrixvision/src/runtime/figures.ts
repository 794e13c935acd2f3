import type { CameraHealth } from '../observation.ts';
import type { WatchFigures } from './watched-camera.ts';

const overMs = 10_000;

/** What became of one frame. */
export interface FrameFigures {
  /** When its analysis ended, and when it was captured; both milliseconds since 1970. */
  readonly at: number;
  readonly captured: number;
  /** Whether something moved in it, and whether the detector looked at it. */
  readonly moves: boolean;
  readonly looked: boolean;
  /** Of the stream so far. */
  readonly decoded: number;
  readonly droppedLate: number;
}

/** Frames, detections and delays of the last ten seconds. */
export class Figures {
  #frames: FrameFigures[] = [];
  #since: number | undefined;

  frame(frame: FrameFigures): void {
    this.#since ??= frame.at;
    this.#frames.push(frame);
    this.#forget(frame.at);
  }

  now(at: number, health: CameraHealth): Omit<WatchFigures, 'detector'> {
    this.#forget(at);
    const frames = this.#frames;
    // Right after the start there are no ten seconds yet.
    const seconds = Math.max(1, Math.min(overMs, at - (this.#since ?? at)) / 1000);
    const delays = frames.map((frame) => Math.round(frame.at - frame.captured)).sort((a, b) => a - b);
    const perSecond = (count: number, during = seconds) => Math.round((10 * count) / during) / 10;
    const moving = frames.filter(({ moves }) => moves);
    const movingShare = frames.length === 0 ? 0 : moving.length / frames.length;
    const [first, last] = [frames[0], frames.at(-1)];
    return {
      framesPerSecond: perSecond(frames.length),
      decodedPerSecond: perSecond(first && last ? last.decoded - first.decoded : 0, spanOf(first, last)),
      detectionsPerSecond: perSecond(frames.filter(({ looked }) => looked).length),
      detectionsPerMovingSecond:
        moving.length === 0
          ? undefined
          : perSecond(moving.filter(({ looked }) => looked).length, seconds * movingShare),
      movingShare: Math.round(100 * movingShare) / 100,
      latencyMs: delays[Math.floor(delays.length / 2)],
      latencyP95Ms: delays[Math.floor(delays.length * 0.95)],
      droppedLate: last?.droppedLate ?? 0,
      health,
    };
  }

  #forget(at: number): void {
    const from = at - overMs;
    // What lies ahead is from before the clock was set back.
    this.#frames = this.#frames.filter((frame) => frame.at >= from && frame.at <= at);
  }
}

/** Seconds from one to another; 1 where there is no such stretch. */
const spanOf = (first: FrameFigures | undefined, last: FrameFigures | undefined): number =>
  first && last && last.at > first.at ? (last.at - first.at) / 1000 : 1;
