import sharp from 'sharp';
import { attributeErrors } from '../errors.ts';
import type { Pixels } from '../features/pixels.ts';

const smallest = 8;
/** A side beyond it is scaled down: a part is judged on 48 by 48 pixels. */
const largest = 4096;
const mostPixels = 16_384 ** 2;

/**
 * A picture file (JPEG, PNG, WebP, TIFF, GIF) as colours; a rotation that the camera noted is applied. Decoding happens in
 * a thread of libvips. Throws ATTRIBUTE_PICTURE_UNREADABLE, naming `file`.
 */
export async function readPixels(content: Uint8Array | string, file: string): Promise<Pixels> {
  try {
    const source = sharp(content, { limitInputPixels: mostPixels });
    const { autoOrient } = await source.metadata();
    if (autoOrient.width < smallest || autoOrient.height < smallest)
      throw new RangeError(`${autoOrient.width} x ${autoOrient.height}`);
    const { data, info } = await source
      .rotate()
      .resize(largest, largest, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#727272' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return {
      ...{ width, height, data: channels === 3 ? data : threeChannels(data, channels) },
      ...{ scaleX: width / autoOrient.width, scaleY: height / autoOrient.height },
    };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!;
    throw attributeErrors.ATTRIBUTE_PICTURE_UNREADABLE({ file, reason }, error);
  }
}

/** Grey pictures stay of one channel whatever the colour space asked for. */
function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  const colours = new Uint8Array((data.length / channels) * 3);
  for (let pixel = 0; pixel < data.length / channels; pixel++)
    for (let channel = 0; channel < 3; channel++)
      colours[pixel * 3 + channel] = data[pixel * channels + (channels < 3 ? 0 : channel)]!;
  return colours;
}
