import type { PinholeCamera } from './camera.ts';
import type { Canvas } from './canvas.ts';
import { type Colour, minus, type Vector } from './vector.ts';

/** A flat piece: four corners in order, and the light that falls on it. */
export interface Face {
  readonly corners: readonly [Vector, Vector, Vector, Vector];
  readonly brightness: number;
  /** `u` goes from the first corner to the second, `v` from the first to the fourth; both 0 to 1. */
  readonly colour: Colour | ((u: number, v: number) => Colour);
}

/** A shadow on a flat piece: what lies under it is made darker by this factor, and stays whose it was. */
export interface Shadow {
  readonly corners: Face['corners'];
  readonly dim: (u: number, v: number) => number;
}

const nearest = 0.2;

/** Draws a flat piece in true perspective. What reaches behind the camera is cut off before. */
export function drawFace(canvas: Canvas, camera: PinholeCamera, face: Face | Shadow, owner: number): void {
  const corners = face.corners.map((place, index) => ({
    at: toCamera(camera, place),
    u: index === 1 || index === 2 ? 1 : 0,
    v: index >= 2 ? 1 : 0,
  }));
  const shown = cutNear(corners);
  for (let index = 2; index < shown.length; index++)
    drawTriangle(canvas, camera, [shown[0]!, shown[index - 1]!, shown[index]!], face, owner);
}

interface Corner {
  /** Right, up, away from the camera, metres. */
  readonly at: Vector;
  readonly u: number;
  readonly v: number;
}

function toCamera(camera: PinholeCamera, place: Vector): Vector {
  const [x, y, towards] = camera.seen(minus(place, camera.position));
  return [x, y, -towards];
}

/** Sutherland and Hodgman 1974, against the one plane before the camera. */
function cutNear(corners: readonly Corner[]): Corner[] {
  const kept: Corner[] = [];
  corners.forEach((corner, index) => {
    const before = corners[(index + corners.length - 1) % corners.length]!;
    const isIn = corner.at[2] >= nearest;
    if (isIn !== before.at[2] >= nearest) {
      const part = (nearest - before.at[2]) / (corner.at[2] - before.at[2]);
      const mixed = (a: number, b: number) => a + (b - a) * part;
      kept.push({
        at: [mixed(before.at[0], corner.at[0]), mixed(before.at[1], corner.at[1]), nearest],
        u: mixed(before.u, corner.u),
        v: mixed(before.v, corner.v),
      });
    }
    if (isIn) kept.push(corner);
  });
  return kept;
}

function drawTriangle(
  canvas: Canvas,
  camera: PinholeCamera,
  corners: readonly [Corner, Corner, Corner],
  face: Face | Shadow,
  owner: number,
): void {
  const paint = 'dim' in face ? face.dim : face.colour;
  const [a, b, c] = corners.map(({ at, u, v }) => {
    const scale = camera.focal / at[2];
    return { x: camera.width / 2 + at[0] * scale, y: camera.height / 2 - at[1] * scale, near: 1 / at[2], u, v };
  }) as [Placed, Placed, Placed];
  const size = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  // Seen from behind, or on edge.
  if (size < 1e-6) return;
  const area = canvas.claim(
    Math.min(a.x, b.x, c.x),
    Math.min(a.y, b.y, c.y),
    Math.max(a.x, b.x, c.x),
    Math.max(a.y, b.y, c.y),
  );
  if (!area) return;
  const { width, colour: pixels, depth, owner: owners } = canvas;
  // The share of each corner grows evenly along a row.
  const [growA, growB] = [(b.y - c.y) / size, (c.y - a.y) / size];
  for (let y = area.top; y < area.bottom; y++) {
    const [px, py] = [area.left + 0.5, y + 0.5];
    const startA = ((b.x - px) * (c.y - py) - (b.y - py) * (c.x - px)) / size;
    const startB = ((c.x - px) * (a.y - py) - (c.y - py) * (a.x - px)) / size;
    const [first, end] = span(area.right - area.left, startA, growA, startB, growB);
    for (let step = first; step < end; step++) {
      const x = area.left + step;
      const wa = startA + growA * step;
      const wb = startB + growB * step;
      const wc = 1 - wa - wb;
      const near = wa * a.near + wb * b.near + wc * c.near;
      const far = 1 / near;
      const at = y * width + x;
      if (far >= depth[at]!) continue;
      let shown: Colour | number;
      if (typeof paint === 'function') {
        const u = (wa * a.near * a.u + wb * b.near * b.u + wc * c.near * c.u) * far;
        const v = (wa * a.near * a.v + wb * b.near * b.v + wc * c.near * c.v) * far;
        shown = paint(u, v);
      } else shown = paint;
      if (typeof shown === 'number') {
        for (let part = at * 3; part < at * 3 + 3; part++) pixels[part] = pixels[part]! * shown;
        continue;
      }
      depth[at] = far;
      owners[at] = owner;
      const brightness = 'dim' in face ? 1 : face.brightness;
      pixels[at * 3] = shown[0] * brightness;
      pixels[at * 3 + 1] = shown[1] * brightness;
      pixels[at * 3 + 2] = shown[2] * brightness;
    }
  }
}

/** The steps of a row, of so many, in which all three shares are positive. */
function span(steps: number, a: number, growA: number, b: number, growB: number): [first: number, end: number] {
  let [low, high] = [0, steps];
  for (const [start, grow] of [
    [a, growA],
    [b, growB],
    [1 - a - b, -growA - growB],
  ] as const) {
    if (grow > 0) low = Math.max(low, -start / grow);
    else if (grow < 0) high = Math.min(high, -start / grow + 1e-9);
    else if (start < 0) return [0, 0];
  }
  return [Math.ceil(low), Math.min(steps, Math.floor(high) + 1)];
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly near: number;
  readonly u: number;
  readonly v: number;
}
