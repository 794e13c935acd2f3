import sharp from 'sharp';
import { shownPicture } from '../labelling/shown-picture.ts';

/** Longest side of a picture in a report. */
const side = 320;

/** By brightness of the heat map, whose limit is in the middle: clear, yellow at the limit, red beyond. */
const stops = [
  [0.35, 250, 205, 60, 0],
  [0.5, 250, 205, 60, 120],
  [1, 215, 25, 30, 210],
] as const;

/** The picture of a part, small; null where it cannot be read. */
export async function smallPicture(picture: Uint8Array): Promise<Uint8Array | null> {
  try {
    const shown = await shownPicture(picture);
    return await shown.resize(side, side, { fit: 'inside' }).toColourspace('srgb').jpeg({ quality: 82 }).toBuffer();
  } catch {
    // What was refused may be no picture at all.
    return null;
  }
}

/** The small picture with its heat map laid over. */
export async function heatPicture(small: Uint8Array, heatmap: Uint8Array): Promise<Uint8Array> {
  const { width, height } = await sharp(small).metadata();
  const grey = await sharp(heatmap).resize(width, height, { fit: 'fill' }).greyscale().raw().toBuffer();
  const data = Buffer.alloc(width * height * 4);
  for (const [at, value] of grey.entries()) data.set(colourOf(value / 255), at * 4);
  return sharp(small)
    .composite([{ input: data, raw: { width, height, channels: 4 } }])
    .jpeg({ quality: 82 })
    .toBuffer();
}

function colourOf(share: number): number[] {
  const above = stops.findIndex(([at]) => at >= share);
  if (above <= 0) return above === 0 ? [0, 0, 0, 0] : stops.at(-1)!.slice(1);
  const [low, high] = [stops[above - 1]!, stops[above]!];
  const part = (share - low[0]) / (high[0] - low[0]);
  return [1, 2, 3, 4].map((channel) => Math.round(low[channel]! + (high[channel]! - low[channel]!) * part));
}
