import { type Picture, readPicture } from '@millwright/imaging';
import sharp, { type Sharp } from 'sharp';
import { readAs } from '../datasets/read-picture-file.ts';
import type { Reading } from '../model-file/model-file.ts';

const opened = (file: string | Uint8Array) => sharp(file, { limitInputPixels: false, sequentialRead: true });

/**
 * A picture as people are shown it: upright, 8 bits, without transparency, read row by row. Pictures of 16 bits are made as bright as
 * they go, since cameras fill 10 or 12 of them.
 */
export async function shownPicture(file: string | Uint8Array, reading?: Reading): Promise<Sharp> {
  if (reading) return ofPicture(await readAs(file, reading));
  const facts = await opened(file)
    .metadata()
    .catch(() => undefined);
  // What sharp does not know (BMP) is read whole.
  if (!facts) return ofPicture(await readPicture(file));
  const grey = facts.space === 'b-w' || facts.space === 'grey16';
  const upright = opened(file).autoOrient().flatten();
  const gain = facts.depth === 'ushort' ? await gainOf(file, grey) : 1;
  const bright = gain > 1 ? upright.toColourspace(grey ? 'grey16' : 'rgb16').linear(gain, 0) : upright;
  return bright.toColourspace(grey ? 'b-w' : 'srgb');
}

/** By a sample of its pixels. */
async function gainOf(file: string | Uint8Array, grey: boolean): Promise<number> {
  const side = { width: 1024, height: 1024, fit: 'inside' as const, kernel: 'nearest' as const };
  const bytes = await opened(file)
    .flatten()
    .resize({ ...side, withoutEnlargement: true })
    .toColourspace(grey ? 'grey16' : 'rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer();
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return (
    65_535 /
    Math.max(
      1,
      samples.reduce((most, value) => Math.max(most, value), 0),
    )
  );
}

const ofPicture = ({ width, height, channels, depth, data }: Picture): Sharp =>
  sharp(depth === 16 ? brightest(data) : data, { raw: { width, height, channels } });

function brightest(data: Picture['data']): Uint8Array {
  let most = 1;
  for (const value of data) most = Math.max(most, value);
  return Uint8Array.from(data, (value) => Math.round((value * 255) / most));
}
