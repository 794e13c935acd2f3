import { composeTransforms, gaussianBlur, type Plane, squareToQuad, warp } from '@millwright/imaging';
import type { QuadGuess } from './find-quads.ts';

const side = 160;

/**
 * How much stronger edges across a quad are than edges down it: far above 1 for bars that stand upright in it, far below 1 for
 * lying ones, about 1 for a matrix. Undefined where the quad is none.
 */
export function edgeRatio(picture: Plane, quad: QuadGuess): number | undefined {
  const unit = squareToQuad(quad);
  if (!unit) return undefined;
  const straight = warp(picture, side, side, composeTransforms(unit, [1 / side, 0, 0, 0, 1 / side, 0, 0, 0, 1]));
  const { data } = gaussianBlur(straight, 1);
  let [x2, y2] = [1e-12, 1e-12];
  for (let y = 8; y < side - 8; y++)
    for (let x = 8; x < side - 8; x++) {
      const at = y * side + x;
      x2 += (data[at + 1]! - data[at]!) ** 2;
      y2 += (data[at + side]! - data[at]!) ** 2;
    }
  // A long side is sampled more coarsely than a short one, so its edges look steeper.
  const [a, b, , d] = quad;
  const long = Math.hypot(b.x - a.x, b.y - a.y) / Math.max(1e-6, Math.hypot(d.x - a.x, d.y - a.y));
  return x2 / y2 / long ** 2;
}
