export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  /** Along `angle`. */
  readonly width: number;
  readonly height: number;
  /** Radians, clockwise in a picture, from -45 to 45 degrees. */
  readonly angle: number;
}

/** The smallest rectangle around points: one of its sides lies on the convex hull (Freeman and Shapira 1975). */
export function minAreaRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best: (Rectangle & { area: number }) | undefined;
  for (let at = 0; at < hull.length; at++) {
    const from = hull[at]!;
    const to = hull[(at + 1) % hull.length]!;
    const along = Math.atan2(to.y - from.y, to.x - from.x);
    // A rectangle is the same turned by a quarter: the angle nearest to level is taken.
    const angle = along - (Math.PI / 2) * Math.round(along / (Math.PI / 2));
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of hull) {
      const u = x * cosine + y * sine;
      const v = y * cosine - x * sine;
      left = Math.min(left, u);
      right = Math.max(right, u);
      top = Math.min(top, v);
      bottom = Math.max(bottom, v);
    }
    const [width, height] = [right - left, bottom - top];
    if (best && width * height >= best.area - 1e-9) continue;
    const [u, v] = [(left + right) / 2, (top + bottom) / 2];
    best = { x: u * cosine - v * sine, y: u * sine + v * cosine, width, height, angle, area: width * height };
  }
  const { area: _, ...rectangle } = best!;
  return rectangle;
}

/** Monotone chain (Andrew 1979). */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  const half = (all: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of all) {
      while (chain.length >= 2 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

const cross = (origin: Point, one: Point, other: Point): number =>
  (one.x - origin.x) * (other.y - origin.y) - (one.y - origin.y) * (other.x - origin.x);

/** Corners clockwise in a picture, the first at the left of the top side. */
export function cornersOf({ x, y, width, height, angle }: Rectangle): [number, number][] {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u, v]) => {
    const [along, across] = [(u! * width) / 2, (v! * height) / 2];
    return [x + along * cosine - across * sine, y + along * sine + across * cosine];
  });
}
