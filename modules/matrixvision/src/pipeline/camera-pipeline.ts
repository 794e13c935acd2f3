import { intersectionOverUnion, moved, type Size } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import type { Box, CameraHealth, Detected, Observation, TrackedObject } from '../observation.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { DetectionPace, type Followed, type PaceOptions } from './detection-pace.ts';
import { ExpectedLook } from './expected-look.ts';
import { type GreyPicture, type Motion, MotionGate } from './motion-gate.ts';

/** What the pipeline needs of a frame; a `VideoFrame` of media has it. */
export interface PipelineFrame extends Size {
  readonly time: number;
  readonly look: GreyPicture;
}

export interface PipelineOptions<Frame> {
  /** Looks at one frame; may take its time, and is asked only when it is worth it. */
  detect(frame: Frame): Promise<readonly Detected[]>;
  readonly tracker: Tracker;
  /** `all`: every frame that comes; else the pace decides. */
  readonly pace: 'all' | Partial<PaceOptions>;
  /** Whether a followed thing is where every look counts; left out: nowhere. */
  isNear?(thing: Pick<Followed, 'box' | 'speed'>, size: Size): boolean;
}

export interface PipelineStep {
  readonly observation: Observation;
  readonly motion: Motion;
  /** What the detector saw; undefined where it was not asked. */
  readonly detections: readonly Detected[] | undefined;
}

interface FollowedTrack extends Followed {
  readonly track: number;
  /** Pixels a millisecond, from the last frame to this one. */
  readonly velocity: Point;
}

/** One camera from frame to observation: motion, detection where it is worth it, tracking in between. */
export class CameraPipeline<Frame extends PipelineFrame> {
  #options: PipelineOptions<Frame>;
  #gate = new MotionGate();
  #pace: DetectionPace | undefined;
  #followed: FollowedTrack[] = [];
  #expected = new ExpectedLook();
  /** What was detected and is not followed, by numbers below those of tracks; it is taken to stand still. */
  #others = new Map<number, Box>();
  #time = 0;
  #before = new Map<number, { time: number; x: number; y: number; speed: number }>();

  constructor(options: PipelineOptions<Frame>) {
    this.#options = options;
    this.#pace = options.pace === 'all' ? undefined : new DetectionPace(options.pace);
  }

  /** Frames in the order of their times. */
  async process(frame: Frame, health?: CameraHealth): Promise<PipelineStep> {
    const { time, width, height, look } = frame;
    const size = { width, height };
    const motion = this.#gate.look(look, time);
    const change = this.#expected.change(look, this.#whereAt(time));
    const { unconfirmed } = this.#options.tracker;
    const isDue = this.#pace?.isDue(time, motion, this.#followed, size, unconfirmed, change) ?? true;
    const asked = performance.now();
    const detections = isDue ? await this.#options.detect(frame) : undefined;
    const took = performance.now() - asked;
    const objects = this.#options.tracker.update(time, detections, size);
    if (detections)
      this.#pace?.detected(
        time,
        motion,
        detections.map(({ box }) => box),
        size,
        took,
      );
    this.#follow(time, objects, size);
    if (detections) this.#remember(look, detections, size);
    return {
      observation: { time, width, height, objects, ...(health !== undefined && { health }) },
      motion,
      detections,
    };
  }

  #remember(look: GreyPicture, detections: readonly Detected[], size: Size): void {
    const others = detections.filter(({ box }) =>
      this.#followed.every((one) => intersectionOverUnion(one.box, box) < 0.3),
    );
    this.#others = new Map(others.map(({ box }, index) => [-1 - index, box] as const));
    this.#expected.remember(look, this.#whereAt(this.#time), size);
  }

  /** Where everything known should be. */
  #whereAt(time: number): Map<number, Box> {
    const ms = time - this.#time;
    const boxes = new Map(this.#others);
    for (const { track, box, velocity } of this.#followed)
      boxes.set(track, moved(box, { x: velocity.x * ms, y: velocity.y * ms }));
    return boxes;
  }

  /** Speeds from where the tracks were, smoothed over half a second: boxes tremble. */
  #follow(time: number, objects: readonly TrackedObject[], size: Size): void {
    const now = new Map<number, { time: number; x: number; y: number; speed: number }>();
    for (const { track, box } of objects) {
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const before = this.#before.get(track);
      if (!before || before.time >= time) {
        now.set(track, { time, x, y, speed: before?.speed ?? box.width });
        continue;
      }
      const seconds = (time - before.time) / 1000;
      const speed = Math.hypot(x - before.x, y - before.y) / seconds;
      now.set(track, { time, x, y, speed: before.speed + (1 - Math.exp(-2 * seconds)) * (speed - before.speed) });
    }
    const before = this.#before;
    this.#before = now;
    this.#time = time;
    this.#followed = objects.map(({ track, box }) => {
      const [here, was] = [now.get(track)!, before.get(track)];
      const { speed } = here;
      const ms = was ? time - was.time : 0;
      const velocity = was && ms > 0 ? { x: (here.x - was.x) / ms, y: (here.y - was.y) / ms } : { x: 0, y: 0 };
      return { track, box, speed, velocity, isNear: this.#options.isNear?.({ box, speed }, size) ?? false };
    });
  }
}
