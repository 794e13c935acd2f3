import { open, readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { bmpHeader, decodeBmp } from './decode-bmp.ts';
import { imagingErrors } from './errors.ts';
import type { Picture } from './picture.ts';

/** 100 megapixels: twice the largest cameras of the line; a decompression bomb claims more. */
export const usualPixelLimit = 100_000_000;

export interface ReadOptions {
  /** Most pixels, refused before anything is decoded. */
  readonly maxPixels?: number;
  /** Page of a TIFF stack or an animation, from 0. */
  readonly page?: number;
  /** What errors call a picture that is given as bytes. */
  readonly name?: string;
}

/**
 * Reads a picture file, or its bytes: JPEG, PNG, WebP, TIFF, GIF, BMP. A rotation that the camera noted is applied, transparency is
 * laid on black, CMYK and other colour spaces become sRGB, 16 bits stay 16 bits. The size is looked at before anything is
 * decoded.
 *
 * Throws IMAGING_PICTURE_MISSING, IMAGING_PICTURE_TOO_LARGE, IMAGING_PICTURE_UNREADABLE.
 */
export async function readPicture(file: string | Uint8Array, options: ReadOptions = {}): Promise<Picture> {
  const path = typeof file === 'string' ? file : (options.name ?? 'The picture');
  const limit = options.maxPixels ?? usualPixelLimit;
  if (typeof file === 'string') await expectFile(file);
  const bitmap = await readBitmap(file, path, limit);
  if (bitmap) return bitmap;
  try {
    const source = sharp(file, { limitInputPixels: false, page: options.page ?? 0, failOn: 'error' });
    const { width, height, depth, space } = await source.metadata();
    if (width * height > limit) throw imagingErrors.IMAGING_PICTURE_TOO_LARGE({ path, width, height, limit });
    const deep = depth === 'ushort' || depth === 'short' || depth === 'uint' || depth === 'int';
    const grey = space === 'b-w' || space === 'grey16';
    const upright = source
      .autoOrient()
      .flatten()
      .toColourspace(grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb');
    const { data, info } = await upright
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const bits = deep ? 16 : 8;
    const samples = deep ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data;
    return withChannels(info.width, info.height, info.channels, bits, samples);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('IMAGING_')) throw error;
    const [reason = 'it is none'] = (error as Error).message.split('\n');
    throw imagingErrors.IMAGING_PICTURE_UNREADABLE({ path, reason }, error);
  }
}

/** How many pages a TIFF stack or an animation has. Throws IMAGING_PICTURE_UNREADABLE. */
export async function picturePages(file: string | Uint8Array): Promise<number> {
  if (bmpHeader(typeof file === 'string' ? await firstBytes(file).catch(() => new Uint8Array()) : file)) return 1;
  try {
    return (await sharp(file, { limitInputPixels: false }).metadata()).pages ?? 1;
  } catch (error) {
    const path = typeof file === 'string' ? file : 'The picture';
    throw imagingErrors.IMAGING_PICTURE_UNREADABLE({ path, reason: (error as Error).message }, error);
  }
}

export interface PictureForm {
  /** Usual ending of such files with its dot: `.jpg`. */
  readonly ending: string;
  /** The camera noted a rotation, which other programs may pass over. */
  readonly turned: boolean;
  readonly pages: number;
}

/** What a file is beside its pixels, from its head alone. Throws IMAGING_PICTURE_UNREADABLE. */
export async function pictureForm(bytes: Uint8Array, name = 'The picture'): Promise<PictureForm> {
  if (bmpHeader(bytes)) return { ending: '.bmp', turned: false, pages: 1 };
  try {
    const { format, orientation = 1, pages = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const ending = `.${format === 'jpeg' ? 'jpg' : format === 'tiff' ? 'tif' : format === 'heif' ? 'avif' : format}`;
    return { ending, turned: orientation > 1, pages };
  } catch (error) {
    throw imagingErrors.IMAGING_PICTURE_UNREADABLE({ path: name, reason: (error as Error).message }, error);
  }
}

async function readBitmap(file: string | Uint8Array, path: string, limit: number): Promise<Picture | undefined> {
  const header = bmpHeader(typeof file === 'string' ? await firstBytes(file) : file);
  if (!header) return undefined;
  const { width, height } = header;
  if (width * height > limit) throw imagingErrors.IMAGING_PICTURE_TOO_LARGE({ path, width, height, limit });
  const picture = decodeBmp(typeof file === 'string' ? await readFile(file) : file, header);
  if (typeof picture === 'string') throw imagingErrors.IMAGING_PICTURE_UNREADABLE({ path, reason: picture });
  return picture;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function expectFile(path: string): Promise<void> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw imagingErrors.IMAGING_PICTURE_UNREADABLE({ path, reason: 'it is a folder' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw imagingErrors.IMAGING_PICTURE_MISSING({ path }, error);
  }
}

/** One channel stays one; two or more than three are cut to what a picture has. */
function withChannels(width: number, height: number, from: number, depth: 8 | 16, data: Picture['data']): Picture {
  if (from === 1 || from === 3) return { width, height, channels: from, depth, data };
  const channels = from < 3 ? 1 : 3;
  const Samples = depth === 16 ? Uint16Array : Uint8Array;
  const kept = new Samples(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++)
    for (let channel = 0; channel < channels; channel++)
      kept[pixel * channels + channel] = data[pixel * from + channel]!;
  return { width, height, channels, depth, data: kept };
}
