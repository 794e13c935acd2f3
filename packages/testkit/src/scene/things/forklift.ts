import type { Face } from '../render/draw-face.ts';
import { type Colour, plus, type Vector } from '../render/vector.ts';
import { groundShadow, solidFaces } from './solid.ts';
import type { ThingShape } from './thing-shape.ts';
import { wheelFaces } from './wheel.ts';

const body: Colour = [232, 150, 30];
const dark: Colour = [44, 46, 50];

/** A counterbalanced forklift with a pallet on its forks. */
export function forklift(at: Vector, heading: number): ThingShape {
  const block = (right: number, up: number, front: number, size: Vector, colour: Face['colour']): Face[] =>
    solidFaces({ at: placed(at, heading, right, up, front), size, heading, colour });
  const across = placed([0, 0, 0], heading, 0.11, 0, 0);
  const wheel = (right: number, front: number, radius: number): Face[] =>
    wheelFaces(placed(at, heading, right, radius, front), across, radius, dark, [170, 120, 40]);
  return {
    faces: [
      ...[-0.52, 0.52].flatMap((right) => [...wheel(right, -0.95, 0.24), ...wheel(right, 0.3, 0.32)]),
      ...block(0, 0.3, -0.35, [1.05, 0.6, 1.7], body),
      ...block(0, 0.9, -0.95, [1.05, 0.35, 0.5], body),
      ...block(0, 0.9, -0.45, [0.5, 0.12, 0.5], dark),
      ...[-0.46, 0.46].flatMap((right) =>
        [-1, 0.35].flatMap((front) => block(right, 0.9, front, [0.06, 1.2, 0.06], dark)),
      ),
      ...block(0, 2.1, -0.33, [1, 0.06, 1.45], dark),
      ...[-0.3, 0.3].flatMap((right) => block(right, 0.1, 0.62, [0.1, 2, 0.12], [70, 74, 80])),
      ...[-0.25, 0.25].flatMap((right) => block(right, 0.2, 1.2, [0.12, 0.05, 1.1], [70, 74, 80])),
      ...block(0, 0.26, 1.25, [1, 0.13, 1], [164, 128, 84]),
      ...block(0, 0.39, 1.25, [0.9, 0.75, 0.9], [186, 146, 100]),
    ],
    limbs: [],
    shadows: [groundShadow(at, 1.1, 1.9, heading, 0.55)],
  };
}

/** From a thing's own directions (right, up, front) to the hall's. */
export function placed(at: Vector, heading: number, right: number, up: number, front: number): Vector {
  const [sine, cosine] = [Math.sin(heading), Math.cos(heading)];
  return plus(at, [cosine * right + sine * front, up, -sine * right + cosine * front]);
}
