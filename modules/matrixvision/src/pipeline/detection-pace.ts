import type { Box } from '../observation.ts';
import type { Motion } from './motion-gate.ts';

export interface PaceOptions {
  /** Least time between two detections, milliseconds: 1000 / the highest rate. */
  readonly leastMs: number;
  /** So long what newly moves may wait to be looked at: shadows and flicker would else have every frame looked at. */
  readonly newcomerMs: number;
  /** So long what was seen once or twice, and is no track yet, may wait to be confirmed. Default: no sooner than anything else. */
  readonly unconfirmedMs: number;
  /** Longest time without a detection while something moves or is followed. */
  readonly busyMs: number;
  /** So long it waits for what must be looked at soon: a thing that no longer looks as expected, a large newcomer. */
  readonly soonMs: number;
  /** Longest time without a detection in a still picture. */
  readonly idleMs: number;
  /**
   * Least time between two detections in the time that one takes of late, waiting for its turn included: where more is
   * asked for than the machine can do, everybody asks less often instead of waiting longer. Default 0: not at all.
   */
  readonly rest: number;
}

export const defaultPace: PaceOptions = {
  leastMs: 0,
  newcomerMs: 300,
  unconfirmedMs: Number.POSITIVE_INFINITY,
  busyMs: 500,
  idleMs: 5_000,
  soonMs: 100,
  rest: 0,
};

/** A followed thing as the pace sees it. */
export interface Followed {
  readonly box: Box;
  /** Pixels a second. */
  readonly speed: number;
  /** It is about to cross what a rule is drawn with. */
  readonly isNear: boolean;
}

/** A thing may go this share of its width between two detections; beyond, the next one might be taken for another thing. */
const mostDrift = 1;
/** A moving spot that the detector made nothing of is not looked at again for this long. */
const dismissedMs = 2_000;
/** Pixels of the small picture that make a spot worth a look. */
const leastSpot = 3;
/** Share of the picture that makes a spot worth a look soon: something large comes in. */
const largeSpot = 0.01;
/** Share of a thing that may look other than expected: limbs do, and things that tremble. */
const mostChange = 0.4;
/** Frames come at times of their own: one that is this early for the next look is looked at, milliseconds. */
const early = 10;
/** How far around a box its motion may reach (shadow, limbs), in shares of the box. */
const reach = 0.4;

/**
 * Decides when the detector is worth its time: when something moves that nobody follows yet, when a known thing no longer
 * looks as expected, may have gone so far that it could be lost, or is about to cross what a rule is drawn with, and
 * otherwise now and then. Motion that the detector made nothing of (leaves, flicker, far shadows) is dismissed for a while.
 */
export class DetectionPace {
  #options: PaceOptions;
  #last = Number.NEGATIVE_INFINITY;
  #dismissed: Float64Array | undefined;
  /** How long a detection takes of late, milliseconds. */
  #takes = 0;

  constructor(options: Partial<PaceOptions> = {}) {
    this.#options = { ...defaultPace, ...options };
  }

  /**
   * @param size of the source picture, which the boxes are in
   * @param unconfirmed how many things were seen that are no tracks yet
   * @param change greatest share of a known thing that does not look as expected, 0 to 1
   */
  isDue(
    time: number,
    motion: Motion,
    followed: readonly Followed[],
    size: { width: number; height: number },
    unconfirmed: number,
    change = 0,
  ): boolean {
    const since = time - this.#last;
    const { leastMs, newcomerMs, unconfirmedMs, busyMs, idleMs, rest } = this.#options;
    const soonMs = this.#options.soonMs - early;
    // What moves is looked at twice a second however busy the machine is.
    if (since < Math.max(leastMs - early, Math.min(busyMs, rest * this.#takes))) return false;
    if (since >= idleMs || followed.some(({ isNear }) => isNear)) return true;
    if (unconfirmed > 0 && since >= unconfirmedMs - early) return true;
    const moves = motion.share > 0;
    if (change >= mostChange && since >= soonMs) return true;
    if (since >= busyMs && (moves || followed.length > 0)) return true;
    const drift = mostDrift * 1000;
    if (followed.some(({ box, speed }) => speed * since > drift * box.width)) return true;
    if (!moves || since < soonMs) return false;
    const spots = this.#unexplained(time, motion, followed, size);
    return spots >= (since >= newcomerMs ? leastSpot : largeSpot * motion.mask.length);
  }

  /**
   * @param found what the detector made of the frame
   * @param took how long that took, milliseconds
   */
  detected(
    time: number,
    motion: Motion,
    found: readonly Box[],
    size: { width: number; height: number },
    took = 0,
  ): void {
    this.#last = time;
    this.#takes += 0.3 * (took - this.#takes);
    if (this.#dismissed?.length !== motion.mask.length) this.#dismissed = new Float64Array(motion.mask.length);
    const dismissed = this.#dismissed;
    const explained = cover(motion, found, size);
    for (let at = 0; at < motion.mask.length; at++) {
      if (!motion.mask[at] || explained[at]) continue;
      // With its neighbours: leaves do not move on the same pixel twice.
      const x = at % motion.width;
      for (let row = -motion.width; row <= motion.width; row += motion.width)
        for (let column = -1; column <= 1; column++)
          if (
            x + column >= 0 &&
            x + column < motion.width &&
            at + row + column >= 0 &&
            at + row + column < dismissed.length
          )
            dismissed[at + row + column] = time + dismissedMs;
    }
  }

  #unexplained(
    time: number,
    motion: Motion,
    followed: readonly Followed[],
    size: { width: number; height: number },
  ): number {
    const explained = cover(
      motion,
      followed.map(({ box }) => box),
      size,
    );
    let spots = 0;
    for (let at = 0; at < motion.mask.length; at++)
      if (motion.mask[at] && !explained[at] && (this.#dismissed?.[at] ?? 0) <= time) spots++;
    return spots;
  }
}

/** 1 where a box, widened by its reach, lies over the small picture. */
function cover(motion: Motion, boxes: readonly Box[], size: { width: number; height: number }): Uint8Array {
  const covered = new Uint8Array(motion.mask.length);
  const scaleX = motion.width / size.width;
  const scaleY = motion.height / size.height;
  for (const { x, y, width, height } of boxes) {
    const left = Math.max(0, Math.floor((x - reach * width) * scaleX));
    const right = Math.min(motion.width, Math.ceil((x + width + reach * width) * scaleX));
    const top = Math.max(0, Math.floor((y - reach * height) * scaleY));
    const bottom = Math.min(motion.height, Math.ceil((y + height + reach * height) * scaleY));
    for (let row = top; row < bottom; row++)
      covered.fill(1, row * motion.width + left, row * motion.width + Math.max(left, right));
  }
  return covered;
}
