import sharp from 'sharp';
import type { Box } from '../../observation.ts';
import { attributeErrors } from '../errors.ts';
import { cutPatch, patchSide } from '../features/cut-patch.ts';
import { type Pixels, sizeOf } from '../features/pixels.ts';
import type { BodyPart, Keypoint } from '../parts/body-part.ts';
import { viewPart } from '../parts/view-part.ts';

/** What a picture shows: the part itself, or a person (`box`; left out: as large as the picture) who has it. */
export type Shown =
  | { readonly shows: 'part' }
  | { readonly shows: 'person'; readonly box?: Box; readonly keypoints?: readonly Keypoint[] };

/** The patch of a part in a picture; undefined where the part cannot be judged in it. */
export function patchOf(pixels: Pixels, part: BodyPart, shown: Shown): Uint8Array | undefined {
  const { width, height } = sizeOf(pixels);
  if (shown.shows === 'part') return cutPatch(pixels, { x: width / 2, y: height / 2, width, height, angle: 0 });
  const { box = { x: 0, y: 0, width, height }, keypoints } = shown;
  const { regions } = viewPart(part, { box, ...(keypoints && { keypoints }) }, { width, height });
  return regions[0] && cutPatch(pixels, regions[0]);
}

/** As PNG, which keeps every pixel. */
export const encodePatch = (patch: Uint8Array): Promise<Uint8Array> =>
  sharp(patch, { raw: { width: patchSide, height: patchSide, channels: 3 } })
    .png()
    .toBuffer();

/** Throws ATTRIBUTE_PICTURE_UNREADABLE. */
export async function decodePatch(png: Uint8Array, file: string): Promise<Uint8Array> {
  const { data, info } = await sharp(png)
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) => {
      throw attributeErrors.ATTRIBUTE_PICTURE_UNREADABLE({ file, reason: error.message }, error);
    });
  const whole = info.width === patchSide && info.height === patchSide && info.channels === 3;
  if (!whole) throw attributeErrors.ATTRIBUTE_PICTURE_UNREADABLE({ file, reason: `${info.width} x ${info.height}` });
  return new Uint8Array(data);
}
