import sharp from 'sharp';
import type { Size } from '../geometry/box.ts';
import type { Box } from '../observation.ts';

/** Squares that a covered place is reduced to; a face is not known again from six by six. */
const squares = 6;

/**
 * A JPEG with places made unrecognisable: reduced to a few squares each, which cannot be undone as a blur can.
 * @param places in pixels of the source picture, which may be larger than the JPEG
 */
export async function coverPicture(jpeg: Uint8Array, places: readonly Box[], source: Size): Promise<Uint8Array> {
  const { width = 0, height = 0 } = await sharp(jpeg).metadata();
  const scale = width / source.width;
  const patches = [];
  for (const place of places) {
    const left = Math.max(0, Math.floor(place.x * scale));
    const top = Math.max(0, Math.floor(place.y * scale));
    const region = {
      ...{ left, top },
      width: Math.min(width, Math.ceil((place.x + place.width) * scale)) - left,
      height: Math.min(height, Math.ceil((place.y + place.height) * scale)) - top,
    };
    if (region.width < 1 || region.height < 1) continue;
    const few = await sharp(jpeg).extract(region).resize(squares, squares, { fit: 'fill' }).png().toBuffer();
    const input = await sharp(few)
      .resize(region.width, region.height, { fit: 'fill', kernel: 'nearest' })
      .png()
      .toBuffer();
    patches.push({ input, left, top });
  }
  return patches.length === 0 ? jpeg : sharp(jpeg).composite(patches).jpeg({ quality: 85 }).toBuffer();
}
