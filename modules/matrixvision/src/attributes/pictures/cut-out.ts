import sharp from 'sharp';
import { roomAround } from '../../geometry/room-around.ts';
import type { Box } from '../../observation.ts';

/** One person cut out of a picture with some room around, JPEG. `box` in fractions of the picture. */
export async function cutOut(jpeg: Uint8Array, box: Box): Promise<Uint8Array> {
  const { width, height } = await sharp(jpeg).metadata();
  const pixels = {
    ...{ x: box.x * width, y: box.y * height },
    ...{ width: box.width * width, height: box.height * height },
  };
  const { x: left, y: top, width: across, height: down } = roomAround(pixels, { width, height });
  const region = { left, top, width: Math.max(1, across), height: Math.max(1, down) };
  return sharp(jpeg).extract(region).jpeg({ quality: 90 }).toBuffer();
}
