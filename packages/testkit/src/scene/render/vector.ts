/** A place or direction in metres: x to the right, y up, z away from the camera along the ground. */
export type Vector = readonly [x: number, y: number, z: number];
/** Red, green, blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const unit = (a: Vector): Vector => times(a, 1 / Math.hypot(...a));
/** Between two places; `part` 0 is the first, 1 the second. */
export const mix = (a: Vector, b: Vector, part: number): Vector => plus(a, times(minus(b, a), part));

export const shade = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by];
export const blend = (a: Colour, b: Colour, part: number): Colour => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
  a[2] + (b[2] - a[2]) * part,
];
