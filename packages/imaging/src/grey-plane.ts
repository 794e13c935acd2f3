import type { Picture, Plane } from './picture.ts';

/** Brightness of each pixel from 0 to 1: the luma of ITU-R BT.601, as most tools compute it. */
export function greyPlane({ width, height, channels, depth, data }: Picture): Plane {
  const scale = 1 / (depth === 16 ? 65_535 : 255);
  const grey = new Float32Array(width * height);
  if (channels === 1) for (let at = 0; at < grey.length; at++) grey[at] = data[at]! * scale;
  else
    for (let at = 0, from = 0; at < grey.length; at++, from += 3)
      grey[at] = (data[from]! * 0.299 + data[from + 1]! * 0.587 + data[from + 2]! * 0.114) * scale;
  return { width, height, data: grey };
}
