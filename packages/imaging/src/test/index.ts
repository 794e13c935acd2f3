/** For tests of other parts: pictures written to files. */
import sharp from 'sharp';
import type { Plane } from '../picture.ts';

export * from './draw.ts';
export * from './draw-checkerboard.ts';

/** Writes brightness 0 to 1 as a grey PNG of 8 bits. */
export async function writeGreyPng({ width, height, data }: Plane, path: string): Promise<void> {
  const bytes = Uint8Array.from(data, (value) => Math.round(Math.min(Math.max(value, 0), 1) * 255));
  await sharp(bytes, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path);
}
