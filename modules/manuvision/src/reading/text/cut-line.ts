import { resizePlane, type Transform, warp } from '@millwright/imaging';
import { type ColourPlanes, mapPlanes } from '../colour-planes.ts';
import type { Rectangle } from './min-area-rectangle.ts';

/** Height that the recogniser takes, pixels. */
const tall = 48;
/** A longer line is shrunk to this: its memory stays bounded. */
const widest = 3200;

/**
 * The line laid level, 48 pixels high. One that is taller than wide by half or more is written upwards or downwards: it is
 * turned a quarter to the left, as PaddleOCR does.
 */
export function cutLine(planes: ColourPlanes, rectangle: Rectangle): ColourPlanes {
  const upright = rectangle.height >= rectangle.width * 1.5;
  const along = Math.max(1, Math.round(upright ? rectangle.height : rectangle.width));
  const across = Math.max(1, Math.round(upright ? rectangle.width : rectangle.height));
  const level = mapPlanes(planes, (plane) => warp(plane, along, across, toSource(rectangle, along, across, upright)));
  const wide = Math.min(widest, Math.max(8, Math.round((along / across) * tall)));
  return mapPlanes(level, (plane) => resizePlane(plane, wide, tall));
}

/** Upside down. */
export const halfTurned = (planes: ColourPlanes): ColourPlanes =>
  mapPlanes(planes, ({ width, height, data }) => ({ width, height, data: data.toReversed() }));

function toSource({ x, y, angle }: Rectangle, along: number, across: number, upright: boolean): Transform {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  // Directions of the cut line's x and y in the picture; turned to the left, its x runs up.
  const [ux, uy] = upright ? [-sine * -1, cosine * -1] : [cosine, sine];
  const [vx, vy] = upright ? [cosine, sine] : [-sine, cosine];
  const [middleX, middleY] = [(along - 1) / 2, (across - 1) / 2];
  return [ux, vx, x - ux * middleX - vx * middleY, uy, vy, y - uy * middleX - vy * middleY, 0, 0, 1];
}
