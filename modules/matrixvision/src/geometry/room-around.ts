import type { Box } from '../observation.ts';
import type { Size } from './box.ts';

/** Room around a person, so that a hat that the detector cut off is there. */
const room = 0.15;

const even = (value: number): number => 2 * Math.floor(value / 2);

/** A box with room around it, within the picture `frame`, in even pixels, as decoders cut. */
export function roomAround({ x, y, width, height }: Box, frame: Size): Box {
  const left = even(Math.max(0, x - width * room));
  const top = even(Math.max(0, y - height * room));
  return {
    ...{ x: left, y: top },
    width: even(Math.min(frame.width, x + width * (1 + room)) - left),
    height: even(Math.min(frame.height, y + height * (1 + room)) - top),
  };
}
