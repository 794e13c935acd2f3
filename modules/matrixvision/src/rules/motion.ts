import { anchorPoint } from '../geometry/anchor.ts';
import type { Point } from '../geometry/point.ts';
import type { Observation, TrackedObject } from '../observation.ts';
import type { GroundMap } from './ground-map.ts';

interface Place extends Point {
  readonly time: number;
  readonly height: number;
  readonly ground: Point | undefined;
}

export interface Speed {
  /** Of the foot point in the picture, in heights of the box a second. */
  readonly heightsPerSecond: number;
  /** On the ground; undefined where the picture is not calibrated or the place is beyond the horizon. */
  readonly metresPerSecond: number | undefined;
  /** In pixels a second. */
  readonly velocity: Point;
}

/** At most so many places; a window at 30 pictures a second is thinned out to them. */
const most = 32;

/** Where one thing was in the last moments, and how fast it is by the straight line that fits best (least squares). */
export class Motion {
  readonly #windowMs: number;
  readonly #places: Place[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Only sightings count: where a track is carried to is no evidence of speed. */
  add(object: TrackedObject, { time, width, height }: Observation, ground: GroundMap | undefined): void {
    if (object.state !== 'seen') return;
    const last = this.#places.at(-1);
    if (last && time - last.time < this.#windowMs / most) return;
    const point = anchorPoint(object.box, 'foot');
    const onGround = ground?.({ x: point.x / width, y: point.y / height });
    this.#places.push({ ...point, time, height: object.box.height, ground: onGround });
    while (time - this.#places[0]!.time > this.#windowMs) this.#places.shift();
  }

  /** Undefined while there are too few places or they span less than half the window. */
  speed(): Speed | undefined {
    const places = this.#places;
    const [first, last] = [places[0], places.at(-1)];
    if (places.length < 3 || !first || !last || last.time - first.time < this.#windowMs / 2) return undefined;
    const velocity = slope(places, (place) => place);
    const height = places.reduce((sum, place) => sum + place.height, 0) / places.length;
    const grounded = places.every(({ ground }) => ground) ? slope(places, ({ ground }) => ground!) : undefined;
    return {
      velocity,
      heightsPerSecond: Math.hypot(velocity.x, velocity.y) / height,
      metresPerSecond: grounded && Math.hypot(grounded.x, grounded.y),
    };
  }

  /** The farthest any place is from the newest, in heights of its box, and since when it is known. */
  spread(): { readonly heights: number; readonly since: number } | undefined {
    const last = this.#places.at(-1);
    if (!last) return undefined;
    const far = Math.max(...this.#places.map(({ x, y }) => Math.hypot(x - last.x, y - last.y)));
    return { heights: far / last.height, since: this.#places[0]!.time };
  }
}

function slope(places: readonly Place[], pick: (place: Place) => Point): Point {
  const mean = (of: (place: Place) => number) => places.reduce((sum, place) => sum + of(place), 0) / places.length;
  const middle = mean(({ time }) => time);
  const spread = mean(({ time }) => (time - middle) ** 2);
  const along = (of: (place: Place) => number) => (1000 * mean((place) => (place.time - middle) * of(place))) / spread;
  return { x: along((place) => pick(place).x), y: along((place) => pick(place).y) };
}
