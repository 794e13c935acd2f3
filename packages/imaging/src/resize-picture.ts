import type { Picture, Plane } from './picture.ts';
import { resizePlane } from './resize.ts';

/**
 * Red, green and blue bytes of the picture at another size, by the mean of what each new pixel covers, bilinear where it grows:
 * width x height x 3. What networks of a fixed size take.
 */
export function resizedRgb(picture: Picture, width: number, height: number): Uint8Array {
  const pixels = width * height;
  const bytes = new Uint8Array(pixels * 3);
  const scale = picture.depth === 16 ? 1 / 257 : 1;
  for (let channel = 0; channel < 3; channel++) {
    if (picture.channels === 1 && channel > 0) {
      for (let at = 0; at < pixels; at++) bytes[at * 3 + channel] = bytes[at * 3]!;
      continue;
    }
    const { data } = resizePlane(channelOf(picture, channel, scale), width, height);
    // Half a value is added: storing cuts off what lies behind the point.
    for (let at = 0; at < pixels; at++) bytes[at * 3 + channel] = data[at]! + 0.5;
  }
  return bytes;
}

function channelOf({ width, height, channels, data }: Picture, channel: number, scale: number): Plane {
  const values = new Float32Array(width * height);
  for (let at = 0, from = channel; at < values.length; at++, from += channels) values[at] = data[from]! * scale;
  return { width, height, data: values };
}
