import type { Box } from '../observation.ts';
import type { Size } from './box.ts';
import type { Point } from './point.ts';

export const anchors = ['foot', 'centre', 'head', 'left', 'right'] as const;
/** The point of a box that stands for the thing: `foot` is the middle of the lower edge, where it touches the ground. */
export type Anchor = (typeof anchors)[number];

/** In pixels. */
export function anchorPoint({ x, y, width, height }: Box, anchor: Anchor): Point {
  if (anchor === 'foot') return { x: x + width / 2, y: y + height };
  if (anchor === 'head') return { x: x + width / 2, y };
  if (anchor === 'left') return { x, y: y + height / 2 };
  if (anchor === 'right') return { x: x + width, y: y + height / 2 };
  return { x: x + width / 2, y: y + height / 2 };
}

/** In fractions of the picture. */
export function anchorInPicture(box: Box, anchor: Anchor, size: Size): Point {
  const { x, y } = anchorPoint(box, anchor);
  return { x: x / size.width, y: y / size.height };
}
