import type { Size } from '../geometry/box.ts';
import type { Box, Observation } from '../observation.ts';
import type { GreyPicture } from './motion-gate.ts';

export type StillRegion = NonNullable<Observation['regions']>[number];

/** Grey levels a second by which the two backgrounds follow: what stands for some seconds is in the short one only. */
const follow = { short: 40, long: 0.05 } as const;
/** Grey levels by which something new must stand out, and by which what stands may tremble. */
const contrast = 12;
const tremble = 8;
/** So long it must stand still before it is a region. */
const settledMs = 3_000;
/** After so long it belongs to the scene: it is told no more, and its going would be told. */
const belongsMs = 600_000;
/** Share of the picture above which it was the light or the camera, and the scene is learnt anew. */
const wholePicture = 0.4;
const leastPixels = 10;
/** Share of its shorter side by which a followed box is taken to be larger: feet and shadows reach out of it. */
const around = 0.2;
const mostRegions = 20;

/**
 * Finds what was put down and left, or was there and is gone: what differs between a background of seconds and one of
 * many minutes (dual background, Porikli 2007), stands still, and is not covered by anything followed. Left or taken is
 * told by where the edges are: a thing has edges along its outline, a place that it has left has none (Connell 2004).
 * Works on a grey picture of some 240 pixels width, a few times a second; smaller things than a dozen of its pixels are
 * not found.
 */
export class StillRegions {
  #short: Float32Array | undefined;
  #long = new Float32Array();
  #since = new Float64Array();
  #time = 0;

  /**
   * @param followed boxes of the source picture that something known covers now
   * @param size of the source picture, which the regions are in
   */
  look(picture: GreyPicture, time: number, followed: readonly Box[], size: Size): StillRegion[] {
    const { width, height, data } = picture;
    if (this.#short?.length !== data.length) {
      this.#learn(data, time);
      return [];
    }
    const seconds = Math.max(0, time - this.#time) / 1000;
    this.#time = time;
    const covered = coveredBy(followed, picture, size);
    const differing = this.#follow(data, seconds, covered, time);
    if (differing > wholePicture * data.length) {
      this.#learn(data, time);
      return [];
    }
    const regions = components(this.#since, width, height, time - settledMs).filter(
      ({ pixels }) => pixels.length >= leastPixels,
    );
    // Who stands there hides it, or it is his: whether it was left is told once he has gone.
    const isHidden = ({ pixels }: Component) => pixels.some((at) => covered[at]);
    for (const { pixels, since } of regions)
      if (time - since > belongsMs) for (const at of pixels) this.#long[at] = this.#short[at]!;
    return regions
      .filter((region) => !isHidden(region))
      .sort((a, b) => b.pixels.length - a.pixels.length)
      .slice(0, mostRegions)
      .map((region) => this.#toRegion(region, picture, size));
  }

  #learn(data: Uint8Array, time: number): void {
    this.#short = Float32Array.from(data);
    this.#long = Float32Array.from(data);
    this.#since = new Float64Array(data.length).fill(Number.POSITIVE_INFINITY);
    this.#time = time;
  }

  /** Brings both backgrounds on; returns how many pixels differ between them. */
  #follow(data: Uint8Array, seconds: number, covered: Uint8Array, time: number): number {
    const short = this.#short!;
    let differing = 0;
    for (let at = 0; at < data.length; at++) {
      // What stands before the scene says nothing of it.
      if (covered[at]) continue;
      const now = data[at]!;
      short[at] = stepped(short[at]!, now, follow.short * seconds);
      const isNew = Math.abs(short[at]! - this.#long[at]!) > contrast;
      if (isNew) differing++;
      if (isNew && Math.abs(now - short[at]!) < tremble) this.#since[at] = Math.min(this.#since[at]!, time);
      else if (!isNew) {
        this.#since[at] = Number.POSITIVE_INFINITY;
        // Light that wanders slowly is followed at once where nothing new stands.
        this.#long[at] = this.#long[at]! + 0.2 * Math.min(1, seconds) * (short[at]! - this.#long[at]!);
      }
      this.#long[at] = stepped(this.#long[at]!, short[at]!, follow.long * seconds);
    }
    return differing;
  }

  #toRegion({ pixels, since }: Component, { width }: GreyPicture, size: Size): StillRegion {
    const short = this.#short!;
    let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0];
    const inside = new Set(pixels);
    let difference = 0;
    let edges = 0;
    for (const at of pixels) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      difference += Math.abs(short[at]! - this.#long[at]!);
      for (const beside of [at - 1, at + 1, at - width, at + width])
        if (!inside.has(beside) && beside >= 0 && beside < short.length)
          edges += Math.abs(short[at]! - short[beside]!) - Math.abs(this.#long[at]! - this.#long[beside]!);
    }
    const scale = size.width / width;
    return {
      kind: edges >= 0 ? 'left' : 'taken',
      box: { x: left * scale, y: top * scale, width: (right - left + 1) * scale, height: (bottom - top + 1) * scale },
      score: Math.min(1, difference / pixels.length / (4 * contrast)),
      since,
    };
  }
}

const stepped = (from: number, to: number, step: number): number => from + Math.max(-step, Math.min(step, to - from));

function coveredBy(boxes: readonly Box[], { width, height }: GreyPicture, size: Size): Uint8Array {
  const covered = new Uint8Array(width * height);
  const [scaleX, scaleY] = [width / size.width, height / size.height];
  for (const box of boxes) {
    const air = Math.min(box.width, box.height) * around;
    const left = Math.max(0, Math.floor((box.x - air) * scaleX) - 1);
    const right = Math.min(width, Math.ceil((box.x + box.width + air) * scaleX) + 1);
    const top = Math.max(0, Math.floor((box.y - air) * scaleY) - 1);
    const bottom = Math.min(height, Math.ceil((box.y + box.height + air) * scaleY) + 1);
    for (let row = top; row < bottom; row++) covered.fill(1, row * width + left, row * width + Math.max(left, right));
  }
  return covered;
}

interface Component {
  readonly pixels: number[];
  /** When its first half was there. */
  readonly since: number;
}

/** Touching pixels (eight neighbours) that have been new since `before` or earlier. */
function components(since: Float64Array, width: number, height: number, before: number): Component[] {
  const seen = new Uint8Array(since.length);
  const found: Component[] = [];
  for (let start = 0; start < since.length; start++) {
    if (seen[start] || since[start]! > before) continue;
    const pixels = [start];
    seen[start] = 1;
    for (let index = 0; index < pixels.length; index++) {
      const [x, y] = [pixels[index]! % width, Math.floor(pixels[index]! / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const at = row * width + column;
          if (seen[at] || since[at]! > before) continue;
          seen[at] = 1;
          pixels.push(at);
        }
    }
    const times = pixels.map((at) => since[at]!).sort((a, b) => a - b);
    found.push({ pixels, since: times[times.length >> 1]! });
  }
  return found;
}
