/** Where something is to be at which time. */
export interface Waypoint {
  /** Seconds from the start of the scene. */
  readonly at: number;
  /** Metres on the ground. */
  readonly x: number;
  readonly z: number;
  /** Where it looks from here on while it stays, radians; left out: where it went. */
  readonly face?: number;
  /** What it does from here on until the next waypoint. Default: it walks, or stands when the next is the same place. */
  readonly doing?: 'work' | 'lie';
}

export interface Moment {
  readonly x: number;
  readonly z: number;
  /** Metres a second. */
  readonly speed: number;
  /** Metres gone since the first waypoint. */
  readonly gone: number;
  readonly heading: number;
  readonly doing: 'go' | 'work' | 'lie';
  /** Seconds since it began to do that. */
  readonly since: number;
}

/** Turns are spread over this many seconds to each side. */
const turning = 0.3;

/** A way over the ground, straight and at even speed from waypoint to waypoint. */
export class Path {
  readonly #points: readonly Waypoint[];
  readonly #gone: readonly number[];

  constructor(points: readonly Waypoint[]) {
    this.#points = points;
    let sum = 0;
    this.#gone = points.map((point, index) => {
      const before = points[index - 1];
      if (before) sum += Math.hypot(point.x - before.x, point.z - before.z);
      return sum;
    });
  }

  get from(): number {
    return this.#points[0]!.at;
  }

  get until(): number {
    return this.#points.at(-1)!.at;
  }

  /** Undefined before the first and after the last waypoint. */
  at(seconds: number): Moment | undefined {
    if (seconds < this.from || seconds > this.until) return undefined;
    const here = this.#place(seconds);
    const before = this.#place(Math.max(this.from, seconds - turning));
    const after = this.#place(Math.min(this.until, seconds + turning));
    const span = Math.min(this.until, seconds + turning) - Math.max(this.from, seconds - turning);
    const speed = span > 0 ? (after.gone - before.gone) / span : 0;
    const moved = Math.hypot(after.x - before.x, after.z - before.z);
    const point = this.#points[here.index]!;
    const heading = moved > 0.05 ? Math.atan2(after.x - before.x, after.z - before.z) : this.#resting(here.index);
    return {
      x: here.x,
      z: here.z,
      gone: here.gone,
      speed,
      heading,
      doing: point.doing ?? 'go',
      since: seconds - point.at,
    };
  }

  #place(seconds: number): { x: number; z: number; gone: number; index: number } {
    const next = this.#points.findIndex(({ at }) => at > seconds);
    const index = next === -1 ? this.#points.length - 1 : Math.max(0, next - 1);
    const [a, b] = [this.#points[index]!, this.#points[index + 1]];
    if (!b) return { x: a.x, z: a.z, gone: this.#gone[index]!, index };
    const part = (seconds - a.at) / (b.at - a.at);
    const gone = this.#gone[index]! + (this.#gone[index + 1]! - this.#gone[index]!) * part;
    return { x: a.x + (b.x - a.x) * part, z: a.z + (b.z - a.z) * part, gone, index };
  }

  /** Where it looks while it stays: as the waypoint says, else as it came. */
  #resting(index: number): number {
    for (let at = index; at >= 0; at--) {
      const point = this.#points[at]!;
      if (point.face !== undefined) return point.face;
      const before = this.#points[at - 1];
      if (before && (before.x !== point.x || before.z !== point.z))
        return Math.atan2(point.x - before.x, point.z - before.z);
    }
    return Math.PI;
  }
}
