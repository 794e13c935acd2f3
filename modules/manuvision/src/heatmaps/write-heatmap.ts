import { type Picture, type Plane, rgbBytes, sampleAt, writePng } from '@millwright/imaging';

/** Longest side of a heat map's picture; more shows nothing that the map has. */
const longestSide = 2048;

/**
 * Writes the picture with its heat map laid over: from no colour at the map's lowest place through yellow to red at its highest. It shows
 * where a picture is least like a good part, not how much: the score says that.
 */
export async function writeHeatmap(map: Plane, picture: Picture, path: string): Promise<void> {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const source = rgbBytes(picture);
  let [low, high] = [Infinity, -Infinity];
  for (const value of map.data) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const range = high > low ? high - low : 1;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from =
        (Math.min(Math.floor(y / scale), picture.height - 1) * picture.width +
          Math.min(Math.floor(x / scale), picture.width - 1)) *
        3;
      const heat =
        (sampleAt(map, ((x + 0.5) / width) * map.width - 0.5, ((y + 0.5) / height) * map.height - 0.5) - low) / range;
      const colour = [255, Math.round(255 * Math.min(1, 2 * (1 - heat))), 0];
      for (let channel = 0; channel < 3; channel++)
        pixels[(y * width + x) * 3 + channel] = Math.round(
          source[from + channel]! * (1 - 0.7 * heat) + colour[channel]! * 0.7 * heat,
        );
    }
  await writePng({ width, height, channels: 3, depth: 8, data: pixels }, path);
}
