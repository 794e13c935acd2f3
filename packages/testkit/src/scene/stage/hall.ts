import type { Face, Shadow } from '../render/draw-face.ts';
import { brightness, light } from '../render/light.ts';
import { blend, type Colour, shade, type Vector } from '../render/vector.ts';
import { groundShadow, solidFaces } from '../things/solid.ts';
import { corrugated, worn } from '../things/textures.ts';

/** Metres: the ground from (left, near) to (right, far), and the height of the walls. */
export interface HallSize {
  readonly left: number;
  readonly right: number;
  readonly near: number;
  readonly far: number;
  readonly height: number;
}

export const safetyYellow: Colour = [226, 186, 40];
export const paintWhite: Colour = [212, 212, 206];

/** A floor whose colour is given by place. */
export function floor({ left, right, near, far }: HallSize, colour: (x: number, z: number) => Colour): Face {
  return {
    corners: [
      [left, 0, far],
      [right, 0, far],
      [right, 0, near],
      [left, 0, near],
    ],
    brightness: 1,
    colour: (u, v) => colour(left + u * (right - left), far + v * (near - far)),
  };
}

/** An opening in the end wall, down to the ground. */
export interface Gate {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** The wall at the end, in sheet metal, with a strip of windows and a skirting; in pieces round a gate. */
export function endWall({ left, right, far, height }: HallSize, base: Colour, gate?: Gate): Face[] {
  const colourAt = (x: number, y: number): Colour => {
    if (y < 0.25) return shade(base, 0.55);
    if (y > height * 0.72 && y < height * 0.88)
      return Math.abs(((x + 100) % 1.6) - 0.8) > 0.72 ? shade(base, 0.7) : [226, 236, 242];
    return shade(corrugated(base, x), 0.88 + 0.12 * (y / height));
  };
  const piece = (from: number, to: number, low: number, high: number): Face => ({
    corners: [
      [from, high, far],
      [to, high, far],
      [to, low, far],
      [from, low, far],
    ],
    brightness: brightness(-light[2]) * 0.95,
    colour: (u, v) => colourAt(from + u * (to - from), high + v * (low - high)),
  });
  if (!gate) return [piece(left, right, 0, height)];
  const [from, to] = [gate.x - gate.width / 2, gate.x + gate.width / 2];
  return [piece(left, from, 0, height), piece(to, right, 0, height), piece(from, to, gate.height, height)];
}

export function sideWall(size: HallSize, side: 'left' | 'right', base: Colour): Face {
  const x = side === 'left' ? size.left : size.right;
  const towards: Vector = [side === 'left' ? 1 : -1, 0, 0];
  const [from, to] = side === 'left' ? [size.near, size.far] : [size.far, size.near];
  return {
    corners: [
      [x, size.height, from],
      [x, size.height, to],
      [x, 0, to],
      [x, 0, from],
    ],
    brightness: brightness(towards[0] * light[0]),
    colour: (u, v) => {
      const [z, y] = [from + u * (to - from), size.height * (1 - v)];
      if (y < 0.25) return shade(base, 0.55);
      return shade(corrugated(base, z), 0.86 + 0.14 * (y / size.height));
    },
  };
}

/** A rack with goods on three levels; `length` along x, turned by `heading`. */
export function rack(at: Vector, length: number, heading: number, seed: number): { faces: Face[]; shadows: Shadow[] } {
  const faces: Face[] = [];
  const along: Vector = [Math.cos(heading), 0, -Math.sin(heading)];
  const place = (by: number, up: number): Vector => [at[0] + along[0] * by, up, at[2] + along[2] * by];
  const posts: Colour = [40, 74, 150];
  for (let by = -length / 2; by <= length / 2 + 0.01; by += length / 2)
    faces.push(...solidFaces({ at: place(by, 0), size: [0.1, 3.1, 0.8], heading, colour: posts }));
  const goods: readonly Colour[] = [
    [176, 136, 92],
    [150, 112, 74],
    [92, 124, 150],
    [188, 184, 172],
  ];
  for (let level = 0; level < 3; level++) {
    const up = 0.12 + level * 1;
    faces.push(...solidFaces({ at: place(0, up), size: [length, 0.1, 0.8], heading, colour: [222, 104, 36] }));
    for (let by = -length / 2 + 0.35, index = 0; by < length / 2 - 0.2; by += 0.62, index++) {
      const pick = Math.abs(Math.round(seed * 31 + level * 17 + index * 7));
      if (pick % 6 === 0) continue;
      const base = goods[pick % goods.length]!;
      const tall = 0.45 + 0.09 * (pick % 5);
      const tape = (u: number, v: number): Colour =>
        Math.abs(u - 0.5) < 0.06
          ? blend(base, [220, 200, 160], 0.5)
          : shade(base, 0.95 + 0.08 * Math.sin(v * 9 + index));
      faces.push(...solidFaces({ at: place(by, up + 0.1), size: [0.5, tall, 0.6], heading, colour: tape }));
    }
  }
  return { faces, shadows: [groundShadow(at, length * 0.75, 0.95, heading, 0.45)] };
}

/** A machine tool in its housing, with a window, a panel and a lamp. */
export function machine(at: Vector, heading: number): { faces: Face[]; shadows: Shadow[] } {
  const housing: Colour = [196, 204, 204];
  const front = (u: number, v: number): Colour => {
    if (v > 0.86) return [70, 76, 80];
    if (u > 0.18 && u < 0.6 && v > 0.2 && v < 0.62)
      return blend([36, 46, 54], [110, 130, 140], Math.max(0, 1 - Math.abs(u - v) * 6));
    if (u > 0.7 && u < 0.92 && v > 0.24 && v < 0.52) return v < 0.36 ? [52, 110, 170] : [58, 62, 66];
    if (v < 0.1) return [46, 98, 128];
    return housing;
  };
  const side = (u: number, v: number): Colour =>
    v > 0.86 ? [70, 76, 80] : Math.abs(u - 0.5) < 0.02 ? shade(housing, 0.8) : housing;
  return {
    faces: [
      ...solidFaces({ at, size: [2.4, 1.9, 1.3], heading, colour: side, sides: { back: front } }),
      ...solidFaces({ at: [at[0] + 0.9, 1.9, at[2]], size: [0.08, 0.3, 0.08], heading, colour: [40, 190, 80] }),
    ],
    shadows: [groundShadow(at, 1.9, 1.3, heading, 0.5)],
  };
}

/** The frame of a gate in the end wall, and the bright yard that is seen through it. */
export function openGate({ far }: HallSize, { x, width, height }: Gate): Face[] {
  const upright = (
    left: number,
    right: number,
    low: number,
    high: number,
    z: number,
    colour: Face['colour'],
  ): Face => ({
    corners: [
      [left, high, z],
      [right, high, z],
      [right, low, z],
      [left, low, z],
    ],
    brightness: 0.95,
    colour,
  });
  const [from, to] = [x - width / 2, x + width / 2];
  const beyond = far + 16;
  const backdrop = (_u: number, v: number): Colour =>
    v > 0.72 ? [138, 152, 140] : blend([206, 222, 236], [234, 238, 240], v / 0.72);
  const stripes = (_u: number, v: number): Colour => (Math.floor(v * 12) % 2 === 0 ? safetyYellow : [36, 36, 36]);
  const outside = { left: -30, right: 30, near: far, far: beyond, height: 0 };
  return [
    floor(outside, (px, pz) => worn(41, [182, 180, 172], px, pz)),
    upright(-40, 40, 0, 9, beyond, backdrop),
    upright(from - 0.18, from, 0, height, far - 0.04, stripes),
    upright(to, to + 0.18, 0, height, far - 0.04, stripes),
    upright(from - 0.18, to + 0.18, height, height + 0.35, far - 0.04, [96, 104, 110]),
  ];
}

/** Concrete or asphalt with painted marks where `marks` names a colour. */
export function paintedFloor(
  seed: number,
  base: Colour,
  marks: (x: number, z: number) => Colour | undefined,
): (x: number, z: number) => Colour {
  return (x, z) => {
    const bare = worn(seed, base, x, z);
    const paint = marks(x, z);
    return paint ? blend(worn(seed + 9, paint, x, z), bare, 0.15) : bare;
  };
}
