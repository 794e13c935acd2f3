import { blend, type Colour, type Vector } from '../render/vector.ts';
import { groundShadow, solidFaces } from './solid.ts';
import type { ThingShape } from './thing-shape.ts';

const card: Colour = [182, 140, 92];

/** A cardboard box with tape, half a metre wide. */
export function parcel(at: Vector, heading: number): ThingShape {
  const taped = (u: number): Colour => (Math.abs(u - 0.5) < 0.07 ? blend(card, [230, 210, 170], 0.6) : card);
  return {
    faces: solidFaces({ at, size: [0.55, 0.42, 0.45], heading, colour: taped }),
    limbs: [],
    shadows: [groundShadow(at, 0.5, 0.42, heading, 0.5)],
  };
}
