import { type Plane, resizePlane } from '@millwright/imaging';
import type { LabelledBox, LabelledPicture } from '../kinds/inspection.ts';

/** How much of each place of a grid a defect covers, 0 to 1. */
export interface Coverage {
  readonly data: Float32Array;
  /** `mask` and `boxes` say where the defect is; with `picture` only that there is one. */
  readonly from: 'mask' | 'boxes' | 'picture';
}

/** From the mask where there is one of the picture's size that marks something, else from boxes, else the whole picture. */
export async function coverageOf(
  picture: LabelledPicture,
  size: { readonly width: number; readonly height: number },
  columns: number,
  rows: number,
): Promise<Coverage> {
  const mask = await picture.readMask?.();
  if (mask?.data.some((value) => value > 0)) {
    const ones: Plane = { ...mask, data: mask.data.map((value) => (value > 0 ? 1 : 0)) };
    return { data: resizePlane(ones, columns, rows).data, from: 'mask' };
  }
  if (picture.boxes && picture.boxes.length > 0)
    return { data: boxesOn(picture.boxes, size, columns, rows), from: 'boxes' };
  return { data: new Float32Array(columns * rows).fill(1), from: 'picture' };
}

function boxesOn(
  boxes: readonly LabelledBox[],
  { width, height }: { readonly width: number; readonly height: number },
  columns: number,
  rows: number,
): Float32Array {
  const data = new Float32Array(columns * rows);
  for (const box of boxes)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [x, y] = [((column + 0.5) * width) / columns, ((row + 0.5) * height) / rows];
        if (x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height)
          data[row * columns + column] = 1;
      }
  return data;
}
