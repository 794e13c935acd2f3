import type { Size } from '../geometry/box.ts';
import type { Box } from '../observation.ts';
import type { GreyPicture } from './motion-gate.ts';

/** Grey levels by which a spot must differ: shading and the coding's noise stay below. */
const change = 16;
/** Of the small picture: fewer say too little of a thing. */
const leastPixels = 100;
/** Points that are compared along each side of a thing, at most. */
const mostPoints = 16;

interface Remembered {
  readonly box: Box;
  readonly look: GreyPicture;
}

/**
 * What things looked like when the detector saw them last, to tell when the picture no longer shows them where they are
 * expected: something stood still and is taken away, somebody stops, or is hidden. Cheap, on the small grey picture.
 */
export class ExpectedLook {
  #known = new Map<number, Remembered>();
  #size: Size = { width: 1, height: 1 };

  /** @param boxes of all things as the detector just saw them, by number, in pixels of the source */
  remember(look: GreyPicture, boxes: ReadonlyMap<number, Box>, size: Size): void {
    this.#size = size;
    this.#known = new Map([...boxes].map(([number, box]) => [number, { box, look }]));
  }

  /**
   * @param expected where each thing should be now
   * @returns the greatest share of one thing that does not look as it did, 0 to 1
   */
  change(look: GreyPicture, expected: ReadonlyMap<number, Box>): number {
    let most = 0;
    for (const [number, box] of expected) {
      const known = this.#known.get(number);
      if (known) most = Math.max(most, changed(known, look, box, this.#size));
    }
    return most;
  }
}

function changed(known: Remembered, look: GreyPicture, box: Box, size: Size): number {
  const [scaleX, scaleY] = [look.width / size.width, look.height / size.height];
  const columns = Math.min(mostPoints, Math.max(3, Math.round(box.width * scaleX)));
  const rows = Math.min(mostPoints, Math.max(3, Math.round(box.height * scaleY)));
  if (box.width * scaleX * box.height * scaleY < leastPixels) return 0;
  let differing = 0;
  let compared = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [partX, partY] = [(column + 0.5) / columns, (row + 0.5) / rows];
      const at = (of: Box, picture: GreyPicture) =>
        greyAt(picture, (of.x + partX * of.width) * scaleX - 0.5, (of.y + partY * of.height) * scaleY - 0.5);
      const [before, now] = [at(known.box, known.look), at(box, look)];
      if (before === undefined || now === undefined) continue;
      compared++;
      if (Math.abs(before - now) > change) differing++;
    }
  return compared === 0 ? 0 : differing / compared;
}

/** Between four pixels in proportion; undefined outside. */
function greyAt({ width, height, data }: GreyPicture, x: number, y: number): number | undefined {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return undefined;
  const [a, b] = [x - left, y - top];
  const at = top * width + left;
  return (
    (1 - b) * ((1 - a) * data[at]! + a * data[at + 1]!) + b * ((1 - a) * data[at + width]! + a * data[at + width + 1]!)
  );
}
