import { z } from 'zod';
import { type MaskShape, maskOfPlane } from '../regions/shape.ts';

/** A mask of COCO: size as height and width; runs of outside and inside in turn, column by column; as numbers or as text. */
export const runLengthsSchema = z.object({
  size: z.tuple([z.int().min(1), z.int().min(1)]),
  counts: z.union([z.array(z.int().min(0)), z.string()]),
});
export type RunLengths = z.output<typeof runLengthsSchema>;

/** The mask, whose size the caller has held to the picture's; undefined where it marks nothing. */
export function maskOfRuns({ size: [height, width], counts }: RunLengths): MaskShape | undefined {
  const data = new Uint8Array(width * height);
  let at = 0;
  for (const [turn, length] of (typeof counts === 'string' ? numbersOf(counts) : counts).entries()) {
    const end = Math.min(data.length, at + Math.max(0, length));
    if (turn % 2 === 1)
      for (let cell = at; cell < end; cell++) data[(cell % height) * width + Math.floor(cell / height)] = 1;
    at = end;
  }
  return maskOfPlane({ width, height, data });
}

/**
 * COCO's own text of run lengths (rleFrString of its mask API): five bits a letter, the sixth says that more follow; from the
 * fourth number on each is the difference from the one two before.
 */
function numbersOf(text: string): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < text.length; ) {
    let [value, shift, more] = [0, 0, true];
    while (more && at < text.length) {
      const bits = text.charCodeAt(at++) - 48;
      value |= (bits & 0x1f) << shift;
      more = (bits & 0x20) !== 0;
      shift += 5;
      if (!more && (bits & 0x10) !== 0) value |= -1 << shift;
    }
    numbers.push(numbers.length > 2 ? value + numbers.at(-2)! : value);
  }
  return numbers;
}

/** Runs of a mask over a whole picture, column by column, as numbers. */
export function runsOfMask(mask: MaskShape, width: number, height: number): RunLengths {
  const inside = new Uint8Array(mask.width * mask.height);
  let at = 0;
  for (const [turn, length] of mask.runs.entries()) {
    if (turn % 2 === 1) inside.fill(1, at, at + length);
    at += length;
  }
  const counts: number[] = [];
  let [last, run] = [0, 0];
  const add = (value: number, length: number): void => {
    if (value === last) run += length;
    else {
      counts.push(run);
      [last, run] = [value, length];
    }
  };
  add(0, mask.x * height);
  for (let x = 0; x < mask.width; x++) {
    add(0, mask.y);
    for (let y = 0; y < mask.height; y++) add(inside[y * mask.width + x]!, 1);
    add(0, height - mask.y - mask.height);
  }
  add(0, (width - mask.x - mask.width) * height);
  counts.push(run);
  return { size: [height, width], counts };
}
