import type { Picture } from './picture.ts';

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
