import sharp, { type Sharp } from 'sharp';
import type { Picture } from './picture.ts';

/** Writes a picture as PNG of its own depth. The same pixels give the same bytes. */
export async function writePng(picture: Picture, path: string): Promise<void> {
  await pngOf(picture).toFile(path);
}

/** The same bytes in memory. */
export const pngBytes = (picture: Picture): Promise<Uint8Array> => pngOf(picture).toBuffer();

function pngOf({ width, height, channels, depth, data }: Picture): Sharp {
  const colours = channels === 1 ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb';
  return sharp(data, { raw: { width, height, channels } }).toColourspace(colours).png();
}
