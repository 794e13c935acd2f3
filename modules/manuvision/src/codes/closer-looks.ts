import { cutPlane, type Plane } from '@millwright/imaging';
import type { WorkArea } from './work-area.ts';

/** Pixels to a side of the parts, in the shrunk picture: a code that is half as large and cannot be read there lies in one of them. */
const side = 128;

/** A part of a picture at its own size, and where it lies in it. */
export interface CloserLook {
  readonly plane: Plane;
  readonly toPicture: WorkArea['toPicture'];
}

/** Parts of a picture at its own size, those first where the shrunk one changes the most, as codes do; none of a picture that was not shrunk. */
export function* closerLooks(picture: Plane, { plane, toPicture, steps }: WorkArea): Generator<CloserLook> {
  if (steps.length === 0) return;
  const seen: { x: number; y: number }[] = [];
  for (const { x, y } of busiest(plane)) {
    // Half overlapping parts show much the same.
    if (seen.some((other) => Math.abs(other.x - x) < side && Math.abs(other.y - y) < side)) continue;
    seen.push({ x, y });
    const from = toPicture(x, y);
    const to = toPicture(Math.min(x + side, plane.width), Math.min(y + side, plane.height));
    const [left, top] = [Math.floor(from.x), Math.floor(from.y)];
    const [right, bottom] = [Math.min(Math.ceil(to.x), picture.width), Math.min(Math.ceil(to.y), picture.height)];
    const cut = cutPlane(picture, { x: left, y: top, width: right - left, height: bottom - top });
    yield { plane: cut, toPicture: (u, v) => ({ x: u + left, y: v + top }) };
  }
}

/** Corners of half overlapping parts, the one with the most change from pixel to pixel first. */
function busiest({ width, height, data }: Plane): { x: number; y: number }[] {
  const half = side / 2;
  const [columns, rows] = [Math.ceil(width / half), Math.ceil(height / half)];
  const change = new Float64Array((columns + 1) * (rows + 1));
  for (let y = 0; y < height - 1; y++)
    for (let x = 0; x < width - 1; x++) {
      const here = data[y * width + x]!;
      const step = Math.abs(data[y * width + x + 1]! - here) + Math.abs(data[(y + 1) * width + x]! - here);
      change[Math.floor(y / half) * (columns + 1) + Math.floor(x / half)]! += step;
    }
  const parts: { x: number; y: number; change: number }[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * (columns + 1) + column;
      const sum = change[at]! + change[at + 1]! + change[at + columns + 1]! + change[at + columns + 2]!;
      parts.push({ x: column * half, y: row * half, change: sum });
    }
  return parts.sort((a, b) => b.change - a.change);
}
