import {
  applyTransform,
  boxBlur,
  composeTransforms,
  gaussianBlur,
  type Plane,
  type Point,
  squareToQuad,
  warp,
} from '@millwright/imaging';
import { flatten } from '../rescue/filters.ts';
import type { QuadGuess } from './find-quads.ts';

/** Pixels of the guessed code's side, and around it. */
export const side = 224;
export const margin = 56;

/** A guessed quad, laid straight at a size that is always the same. */
export interface Canonical {
  /** Evenly lit, 0 to 1. */
  readonly plane: Plane;
  readonly toPicture: (point: Point) => Point;
  /** The plane out of focus by so many pixels, at least. */
  blurred(deviation: number): Plane;
}

export function canonical(picture: Plane, quad: QuadGuess): Canonical | undefined {
  const unit = squareToQuad(quad);
  if (!unit) return undefined;
  const transform = composeTransforms(unit, [1 / side, 0, -margin / side, 0, 1 / side, -margin / side, 0, 0, 1]);
  // Beyond the vanishing line everything would be seen twice.
  const whole = side + margin * 2;
  for (const [x, y] of [
    [0, 0],
    [whole, 0],
    [whole, whole],
    [0, whole],
  ] as const)
    if (transform[6] * x + transform[7] * y + transform[8] < 0.15) return undefined;
  const plane = flatten(warp(picture, whole, whole, transform), 32);
  const stack = new Map<number, Plane>();
  return {
    plane,
    toPicture: (point) => applyTransform(transform, point),
    blurred(deviation) {
      const level = Math.max(1, Math.round(deviation));
      const ready = stack.get(level) ?? (level < 2 ? gaussianBlur(plane, level) : boxBlur(plane, level));
      stack.set(level, ready);
      return ready;
    },
  };
}
