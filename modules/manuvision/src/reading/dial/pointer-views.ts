import { type Picture, resizePlane, type Transform, warp } from '@millwright/imaging';
import { type ColourPlanes, colourPlanes, mapPlanes } from '../colour-planes.ts';

/** A dial seen turned and mirrored. */
export interface PointerView {
  readonly planes: ColourPlanes;
  /** An angle in the view, as a part of a turn clockwise from the top, back in the picture. */
  toPicture(part: number): number;
}

/** Side of what the network looks at, pixels. */
const side = 64;
const turns = 8;

/** The square in the middle of the picture, turned by eighths and each of them mirrored: 16 views of the same pointer. */
export function pointerViews(picture: Picture): PointerView[] {
  const square = mapPlanes(middleSquare(colourPlanes(picture)), (plane) => resizePlane(plane, side, side));
  return [false, true].flatMap((mirrored) =>
    Array.from({ length: turns }, (_, turn) => ({
      planes: mapPlanes(square, (plane) => warp(plane, side, side, turned(turn / turns, mirrored))),
      toPicture: (part: number) => modulo((mirrored ? -part : part) - turn / turns, 1),
    })),
  );
}

function middleSquare(planes: ColourPlanes): ColourPlanes {
  const { width, height } = planes[0];
  if (width === height) return planes;
  const size = Math.min(width, height);
  const [left, top] = [Math.floor((width - size) / 2), Math.floor((height - size) / 2)];
  return mapPlanes(planes, (plane) => warp(plane, size, size, [1, 0, left, 0, 1, top, 0, 0, 1]));
}

/** Shows the picture turned clockwise by a part of a turn about its middle, then mirrored left to right. */
function turned(part: number, mirrored: boolean): Transform {
  const angle = part * 2 * Math.PI;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const middle = (side - 1) / 2;
  const flip = mirrored ? -1 : 1;
  // From a place (x, y) of the view to its source: unmirror, then turn back.
  const [a, b, d, e] = [cosine * flip, sine, -sine * flip, cosine];
  return [a, b, middle - a * middle - b * middle, d, e, middle - d * middle - e * middle, 0, 0, 1];
}

export const modulo = (value: number, by: number): number => ((value % by) + by) % by;
