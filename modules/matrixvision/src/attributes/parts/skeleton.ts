import type { Point } from '../../geometry/point.ts';
import type { Keypoint } from './body-part.ts';

/** Below this score MoveNet's points are more often wrong than right on people who are partly hidden. */
const weak = 0.3;

/** What of the 17 points of a pose can be relied on, and points in the middle of pairs. */
export class Skeleton {
  readonly #keypoints: readonly Keypoint[];

  constructor(keypoints: readonly Keypoint[]) {
    this.#keypoints = keypoints;
  }

  at(index: number): Point | undefined {
    const point = this.#keypoints[index];
    return point && point.score >= weak ? point : undefined;
  }

  middle(a: number, b: number): Point | undefined {
    const [one, other] = [this.at(a), this.at(b)];
    return one && other && mean([one, other]);
  }

  /** The middle of nose, eyes and ears: at least two of the five, since one alone may be a mistake. */
  face(): Point | undefined {
    const seen = [0, 1, 2, 3, 4].flatMap((index) => this.at(index) ?? []);
    return seen.length >= 2 ? mean(seen) : undefined;
  }

  /** Longest distance across the face: from ear to ear, or between whatever of it is seen. */
  faceSpread(): number {
    const seen = [0, 1, 2, 3, 4].flatMap((index) => this.at(index) ?? []);
    return Math.max(0, ...seen.flatMap((a) => seen.map((b) => distance(a, b))));
  }
}

export const mean = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
