import type { Picture } from './picture.ts';

/** Colours of the sensor's upper left four pixels, row by row. */
export const bayerPatterns = ['rggb', 'bggr', 'grbg', 'gbrg'] as const;
export type BayerPattern = (typeof bayerPatterns)[number];

/**
 * The colours of a picture that a camera gave as its sensor's mosaic: each missing colour is the mean of its neighbours (bilinear). A picture that has
 * colours already comes back as it is.
 */
export function demosaic(picture: Picture, pattern: BayerPattern): Picture {
  const { width, height, channels, depth, data } = picture;
  if (channels === 3) return picture;
  const colourAt = [...pattern].map((colour) => 'rgb'.indexOf(colour));
  const result = depth === 16 ? new Uint16Array(width * height * 3) : new Uint8Array(width * height * 3);
  const [sums, counts] = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      sums.fill(0);
      counts.fill(0);
      for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++)
        for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
          const colour = colourAt[(row & 1) * 2 + (column & 1)]!;
          sums[colour]! += data[row * width + column]!;
          counts[colour]! += 1;
        }
      const place = (y * width + x) * 3;
      const own = colourAt[(y & 1) * 2 + (x & 1)]!;
      for (let colour = 0; colour < 3; colour++)
        result[place + colour] =
          colour === own ? data[y * width + x]! : counts[colour]! > 0 ? Math.round(sums[colour]! / counts[colour]!) : 0;
    }
  return { width, height, channels: 3, depth, data: result };
}
