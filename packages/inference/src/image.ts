import sharp, { type Sharp } from 'sharp';
import type { Box, ImageInput, InputSpec } from './detector.ts';
import { inferenceErrors } from './errors.ts';
import { reasonOf } from './sessions/open-session.ts';

/** Colour of what a letterboxed picture does not cover; the same that media fills with. */
const grey = { r: 114, g: 114, b: 114 };
const largestSide = 16_384;

/**
 * A picture file (JPEG, PNG, WebP, TIFF, GIF), or a region of it in pixels, as input of a network. A rotation that the camera
 * noted is applied. Letterboxed pictures lie at the top left.
 */
export async function readImage(file: string | Uint8Array, spec: InputSpec, region?: Box): Promise<ImageInput> {
  const path = typeof file === 'string' ? file : 'given as bytes';
  try {
    const source = sharp(file, { limitInputPixels: largestSide ** 2 })
      .rotate()
      .toColourspace('srgb')
      .removeAlpha();
    const upright = await source.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    const { width, height, channels } = upright.info;
    const raw = sharp(upright.data, { raw: { width, height, channels } });
    return await scaled(raw, region ? within(region, width, height) : { x: 0, y: 0, width, height }, spec);
  } catch (error) {
    throw inferenceErrors.INFERENCE_PICTURE_UNREADABLE({ path, reason: reasonOf(error) }, error);
  }
}

/** A region of pixels in memory as input of a network; for crops of a picture that is there already. */
export async function cropImage(
  picture: Omit<ImageInput, 'format'>,
  region: Box,
  spec: InputSpec,
): Promise<ImageInput> {
  const { width, height, data, scaleX, scaleY, offsetX, offsetY } = picture;
  const raw = sharp(data, { raw: { width, height, channels: 3 } });
  const crop = await scaled(raw, within(region, width, height), spec);
  return {
    ...crop,
    ...{ scaleX: crop.scaleX * scaleX, scaleY: crop.scaleY * scaleY },
    ...{ offsetX: crop.offsetX / scaleX + offsetX, offsetY: crop.offsetY / scaleY + offsetY },
  };
}

/** Width and height of a picture file in pixels, after the rotation that the camera noted. */
export async function imageSize(file: string | Uint8Array): Promise<{ width: number; height: number }> {
  try {
    const { autoOrient } = await sharp(file, { limitInputPixels: largestSide ** 2 }).metadata();
    return { width: autoOrient.width, height: autoOrient.height };
  } catch (error) {
    const path = typeof file === 'string' ? file : 'given as bytes';
    throw inferenceErrors.INFERENCE_PICTURE_UNREADABLE({ path, reason: reasonOf(error) }, error);
  }
}

async function scaled(source: Sharp, region: Box, { width, height, fit }: InputSpec): Promise<ImageInput> {
  const scale = Math.min(width / region.width, height / region.height);
  const across = fit === 'stretch' ? width : Math.max(Math.round(region.width * scale), 1);
  const down = fit === 'stretch' ? height : Math.max(Math.round(region.height * scale), 1);
  const data = await source
    .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
    .resize(across, down, { fit: 'fill', kernel: 'linear' })
    .extend({ right: width - across, bottom: height - down, background: grey })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return {
    ...{ width, height, format: 'rgb24', data },
    ...{ scaleX: across / region.width, scaleY: down / region.height, offsetX: region.x, offsetY: region.y },
  };
}

/** Whole pixels within the picture, at least one. */
function within({ x, y, width, height }: Box, across: number, down: number): Box {
  const left = Math.min(Math.max(Math.round(x), 0), across - 1);
  const top = Math.min(Math.max(Math.round(y), 0), down - 1);
  return {
    ...{ x: left, y: top },
    width: Math.max(Math.min(Math.round(x + width), across) - left, 1),
    height: Math.max(Math.min(Math.round(y + height), down) - top, 1),
  };
}
