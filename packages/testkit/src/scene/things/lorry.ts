import { blend, type Colour, shade, type Vector } from '../render/vector.ts';
import { placed } from './forklift.ts';
import { groundShadow, solidFaces } from './solid.ts';
import type { ThingShape } from './thing-shape.ts';
import { wheelFaces } from './wheel.ts';

const glass: Colour = [44, 58, 70];
const cab: Colour = [214, 220, 224];

/** A delivery lorry with a box body, 6 m long. */
export function lorry(at: Vector, heading: number): ThingShape {
  const tyre: Colour = [34, 34, 36];
  const across = placed([0, 0, 0], heading, 0.14, 0, 0);
  const wheel = (right: number, front: number) =>
    wheelFaces(placed(at, heading, right, 0.44, front), across, 0.44, tyre, [150, 154, 158]);
  const side = (u: number, v: number): Colour => {
    if (v > 0.4 && v < 0.58) return [38, 96, 170];
    return shade([228, 230, 230], 0.96 + 0.04 * Math.sin(u * 60));
  };
  const door = (u: number, v: number): Colour =>
    u > 0.2 && u < 0.85 && v > 0.12 && v < 0.48
      ? blend(glass, [150, 170, 184], u * 0.4)
      : v > 0.88
        ? [60, 62, 66]
        : cab;
  const windscreen = (u: number, v: number): Colour => {
    if (u > 0.08 && u < 0.92 && v > 0.1 && v < 0.5) return blend(glass, [160, 180, 194], v * 0.6);
    if (v > 0.72 && v < 0.84 && (u < 0.2 || u > 0.8)) return [250, 246, 220];
    if (v > 0.62 && v < 0.84) return [70, 74, 78];
    return v > 0.9 ? [50, 52, 56] : cab;
  };
  return {
    faces: [
      ...[-1, 1].flatMap((right) => [2.1, -1.9].flatMap((front) => wheel(right * 0.95, front))),
      ...solidFaces({ at: placed(at, heading, 0, 0.55, -0.9), size: [2.2, 0.2, 5], heading, colour: [48, 50, 54] }),
      ...solidFaces({
        at: placed(at, heading, 0, 0.75, -1),
        size: [2.3, 2.3, 4.3],
        heading,
        colour: side,
        sides: { back: [206, 208, 208] },
      }),
      ...solidFaces({
        at: placed(at, heading, 0, 0.45, 2.15),
        ...{ size: [2.1, 2, 1.7], heading, colour: cab, sides: { front: windscreen, left: door, right: door } },
      }),
    ],
    limbs: [],
    shadows: [groundShadow(at, 1.9, 4.2, heading, 0.6)],
  };
}
