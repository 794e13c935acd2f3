import type { Picture, Region } from './picture.ts';

/** The picture as red, green and blue bytes, which networks take: width x height x 3. */
export function rgbBytes({ width, height, channels, depth, data }: Picture): Uint8Array {
  if (channels === 3 && depth === 8) return data as Uint8Array;
  const bytes = new Uint8Array(width * height * 3);
  // 65,535 / 255 = 257
  const scale = depth === 16 ? 1 / 257 : 1;
  for (let pixel = 0; pixel < width * height; pixel++)
    for (let channel = 0; channel < 3; channel++)
      bytes[pixel * 3 + channel] = Math.round(data[channels === 3 ? pixel * 3 + channel : pixel]! * scale);
  return bytes;
}

/**
 * The part `area` of the picture as red, green and blue bytes, each the mean of about `factor` x `factor` pixels, so that every
 * pixel counts once: floor(area.width / factor) x floor(area.height / factor) x 3. Whole pixels only, in one pass over the bytes;
 * for any ratio there is `resizedRgb`.
 */
export function shrunkRgb({ width, channels, depth, data }: Picture, area: Region, factor: number) {
  const columns = starts(area.width, Math.max(Math.floor(area.width / factor), 1));
  const rows = starts(area.height, Math.max(Math.floor(area.height / factor), 1));
  const size = { width: columns.length - 1, height: rows.length - 1 };
  const bytes = new Uint8Array(size.width * size.height * 3);
  const scale = depth === 16 ? 1 / 257 : 1;
  const sums = new Float64Array(size.width * channels);
  for (let row = 0; row < size.height; row++) {
    sums.fill(0);
    for (let y = rows[row]!; y < rows[row + 1]!; y++)
      for (let column = 0; column < size.width; column++) {
        const line = ((area.y + y) * width + area.x) * channels;
        for (let x = columns[column]!; x < columns[column + 1]!; x++)
          for (let channel = 0; channel < channels; channel++)
            sums[column * channels + channel]! += data[line + x * channels + channel]!;
      }
    for (let column = 0; column < size.width; column++) {
      const count = (columns[column + 1]! - columns[column]!) * (rows[row + 1]! - rows[row]!);
      for (let channel = 0; channel < 3; channel++) {
        const sum = sums[column * channels + (channels === 3 ? channel : 0)]!;
        bytes[(row * size.width + column) * 3 + channel] = Math.round((sum / count) * scale);
      }
    }
  }
  return { ...size, bytes };
}

/** Where each of `count` parts of a length starts, and where the last one ends. */
const starts = (length: number, count: number): Int32Array =>
  Int32Array.from({ length: count + 1 }, (_, at) => Math.floor((at * length) / count));
