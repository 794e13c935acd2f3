import sharp from 'sharp';
import type { Picture } from './picture.ts';

/** Writes a picture as PNG of its own depth. The same pixels give the same bytes. */
export async function writePng(picture: Picture, path: string): Promise<void> {
  const { width, height, channels, depth, data } = picture;
  const colours = channels === 1 ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb';
  await sharp(data, { raw: { width, height, channels } }).toColourspace(colours).png().toFile(path);
}
