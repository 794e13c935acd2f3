/** In fractions of the picture, as in a rules file. */
export type DrawnPoint = readonly [x: number, y: number];

/** Twice the area of a triangle; positive when `c` lies to the right of the way from `a` to `b` (y grows downwards). */
const side = (a: DrawnPoint, b: DrawnPoint, c: DrawnPoint): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** 1 when the way from `from` to `to` crosses the line from its left to its right, -1 the other way, 0 not at all. */
export function crossed(from: DrawnPoint, to: DrawnPoint, line: readonly DrawnPoint[]): number {
  let sum = 0;
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1]!, line[index]!];
    const [before, after] = [side(a, b, from) >= 0, side(a, b, to) >= 0];
    if (before === after) continue;
    if (side(from, to, a) >= 0 === side(from, to, b) >= 0) continue;
    sum += after ? 1 : -1;
  }
  return sum;
}

/** By the number of borders to the left of the point. */
export function holds(zone: readonly DrawnPoint[] | undefined, [x, y]: DrawnPoint): boolean {
  if (!zone) return x >= 0 && x <= 1 && y >= 0 && y <= 1;
  let inside = false;
  zone.forEach(([ax, ay], index) => {
    const [bx, by] = zone.at(index - 1)!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  return inside;
}
