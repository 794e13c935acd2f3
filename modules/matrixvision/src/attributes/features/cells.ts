import type { BodyPart } from '../parts/body-part.ts';
import { patchSide } from './cut-patch.ts';

/** How much each pixel of a patch counts in a cell. */
export type Cell = Float32Array;

/**
 * Soft cells one above the other, most weight in the middle: so a part that is a little to the side or turned around
 * looks the same, and the background at its sides counts little. `spread` is in shares of the width.
 */
function bands(count: number, spread: number): Cell[] {
  return Array.from({ length: count }, (_, band) =>
    Float32Array.from({ length: patchSide * patchSide }, (_, index) => {
      const across = ((index % patchSide) + 0.5) / patchSide - 0.5;
      const down = (Math.floor(index / patchSide) + 0.5) / patchSide;
      const near = Math.max(0, 1 - Math.abs(down - (band + 0.5) / count) * count);
      return near * Math.exp(-((across / spread) ** 2));
    }),
  );
}

/** Five bands for a head (hat, brim, face, chin, neck); fewer for what has no such order. */
export const cellsOf: Readonly<Record<BodyPart, readonly Cell[]>> = {
  head: bands(5, 0.22),
  torso: bands(4, 0.35),
  hands: bands(2, 0.35),
  feet: bands(2, 0.35),
};
