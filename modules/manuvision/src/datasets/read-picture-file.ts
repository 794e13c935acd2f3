import { extname } from 'node:path';
import {
  demosaic,
  type Picture,
  type Plane,
  picturePages,
  type ReadOptions,
  readPicture,
  usualPixelLimit,
} from '@millwright/imaging';
import type { Reading } from '../model-file/model-file.ts';
import type { DataPicture } from './data-set.ts';
import { dataSetNotes } from './notes.ts';
import type { SourceFile } from './source.ts';

/** Reads a picture file, or its bytes, as data set or model say. Throws what `readPicture` throws. */
export async function readAs(
  file: string | Uint8Array,
  reading: Reading | undefined,
  options: ReadOptions = {},
): Promise<Picture> {
  const read = await readPicture(file, options);
  return reading ? demosaic(read, reading.bayer) : read;
}

/** Reads the page of a picture. Throws IMAGING_PICTURE_UNREADABLE, IMAGING_PICTURE_TOO_LARGE. */
export async function readPictureFile(
  picture: Pick<DataPicture, 'file' | 'page' | 'name' | 'reading'>,
): Promise<Picture> {
  const { file, page, name, reading } = picture;
  return readAs(await file.read(), reading, { page, name, maxPixels: usualPixelLimit });
}

/** How many pictures a file holds; 1 of what cannot be read, which reading it then tells. */
export async function pagesOf(file: SourceFile): Promise<number> {
  if (!/^\.tiff?$/i.test(extname(file.name))) return 1;
  return picturePages(await file.read()).catch(() => 1);
}

/** A mask as 0 and 1: what is brighter than half, since masks have soft edges. */
export async function readMaskFile(file: SourceFile): Promise<Plane> {
  const { width, height, channels, depth, data } = await readPicture(await file.read(), { name: file.name });
  const mask = new Float32Array(width * height);
  // Of masks as palette or colour pictures any channel counts. Class numbers, from 1 on, are as dark as black.
  let most = 0;
  for (const value of data) most = Math.max(most, value);
  const half = most <= 32 && depth === 8 ? 0 : depth === 16 ? 32_767 : 127;
  for (let pixel = 0; pixel < mask.length; pixel++)
    for (let channel = 0; channel < channels; channel++) if (data[pixel * channels + channel]! > half) mask[pixel] = 1;
  return { width, height, data: mask };
}

/** Why a picture cannot be used, for the list of what was left out. */
export function unreadableNote(error: unknown) {
  const { code, details } = error as { code?: string; details?: Record<string, unknown> };
  if (code === 'IMAGING_PICTURE_TOO_LARGE')
    return dataSetNotes['too-large'](details as { width: number; height: number; limit: number });
  const reason = typeof details?.reason === 'string' ? details.reason : (error as Error).message;
  return dataSetNotes.unreadable({ reason });
}
