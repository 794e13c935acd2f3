/** A place between pixels; pixel centres lie at whole numbers. Also a place on a plane in any other unit. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const distanceBetween = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
