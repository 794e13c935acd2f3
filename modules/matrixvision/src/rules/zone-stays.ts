import { type Anchor, anchorInPicture } from '../geometry/anchor.ts';
import type { Point } from '../geometry/point.ts';
import { distanceToBorder, isInside } from '../geometry/polygon.ts';
import type { Observation, TrackedObject } from '../observation.ts';
import { type DrawnPoint, toPoints } from './common-settings.ts';
import { TrackMemory } from './track-memory.ts';

/** One thing in a zone, from when it came in. */
export interface Stay<Extra> {
  readonly since: number;
  /** The last moment at which it was inside. */
  last: number;
  object: TrackedObject;
  position: Point;
  /** What the rule keeps of this stay. */
  readonly extra: Extra;
}

export interface ZoneOptions<Extra> {
  readonly zone: readonly DrawnPoint[] | undefined;
  readonly anchor: Anchor;
  /** So long it may be outside or unseen and the stay goes on, in milliseconds. */
  readonly graceMs: number;
  begin(): Extra;
}

/** Out by less than this part of its height, a thing still counts as in: boxes tremble. */
const tremble = 0.1;

/** Who is in a zone, and since when. */
export class ZoneStays<Extra> {
  readonly #zone: readonly Point[] | undefined;
  readonly #options: ZoneOptions<Extra>;
  readonly #stays = new TrackMemory<Stay<Extra>>();

  constructor(options: ZoneOptions<Extra>) {
    this.#options = options;
    this.#zone = options.zone && toPoints(options.zone);
  }

  get size(): number {
    return this.#stays.size;
  }

  /** The stays of all things that are inside at this moment. */
  observe(observation: Observation): Stay<Extra>[] {
    const { time } = observation;
    this.#stays.age(observation);
    const inside: Stay<Extra>[] = [];
    for (const object of observation.objects) {
      const position = anchorInPicture(object.box, this.#options.anchor, observation);
      const known = this.#stays.get(object.track);
      const goesOn = known && time - known.last <= this.#options.graceMs;
      if (!this.#holds(position, object, observation, goesOn === true)) {
        if (known && !goesOn) this.#stays.delete(object.track);
        continue;
      }
      const stay = goesOn ? known : this.#begin(object, position, time);
      Object.assign(stay, { last: time, object, position });
      inside.push(stay);
    }
    return inside;
  }

  clear(): void {
    this.#stays.clear();
  }

  #begin(object: TrackedObject, position: Point, time: number): Stay<Extra> {
    const stay = { since: time, last: time, object, position, extra: this.#options.begin() };
    this.#stays.set(object.track, stay, time);
    return stay;
  }

  #holds(position: Point, { box }: TrackedObject, { width, height }: Observation, wasInside: boolean): boolean {
    if (!this.#zone || isInside(withinPicture(position), this.#zone)) return true;
    if (!wasInside) return false;
    const inPixels = ({ x, y }: Point): Point => ({ x: x * width, y: y * height });
    return distanceToBorder(inPixels(position), this.#zone.map(inPixels)) < tremble * box.height;
  }
}

/** Boxes at the border reach over it by some pixels; a zone that is drawn to the border is meant to hold them. */
const withinPicture = ({ x, y }: Point): Point => ({ x: within(x), y: within(y) });
const within = (share: number): number => Math.min(1 - 1e-6, Math.max(1e-6, share));
