import { colourAt, floodFill, type Pixels } from '../geometry/flood-fill.ts';
import type { Point } from '../geometry/rasterise.ts';
import { refineEdge } from '../geometry/refine-edge.ts';
import type { Size } from '../geometry/shape.ts';
import { type Box, boundsOf, clip, enlarge, noSpans, type Spans } from '../geometry/spans.ts';
import { levelFor, tileBox, tilesOf, visibleBox } from '../geometry/tiles.ts';
import type { View } from '../geometry/view.ts';
import type { TileStore } from './tile-store.ts';

/** So many tiles of a finer level are fetched for the sake of a sharp edge: 24 are six megapixels. */
const mostTiles = 24;

interface Shown {
  readonly view: View;
  readonly picture: Size;
  readonly stage: Size;
  readonly ratio: number;
}

/**
 * What is alike and connected around a place, among the pixels that are shown, as pixels of the whole picture. Where the
 * picture is shown reduced, the fill runs there and its edge is then sharpened at the finest level that few enough tiles
 * of cover it.
 * @param tolerance 0 to 255, of each channel
 */
export async function magicWand(tiles: TileStore, shown: Shown, at: Point, tolerance: number): Promise<Spans> {
  const { view, picture, stage, ratio } = shown;
  const part = visibleBox(view, picture, stage);
  if (!part) return noSpans;
  const level = levelFor(view.scale * ratio, picture);
  const coarse = await pixelsOf(tiles, part, level, picture);
  const [x, y] = [Math.floor(at[0] / 2 ** level) - coarse.left, Math.floor(at[1] / 2 ** level) - coarse.top];
  const { width, height } = coarse.pixels;
  if (x < 0 || y < 0 || x >= width || y >= height) return noSpans;
  const colour = colourAt(coarse.pixels, x, y);
  const here = floodFill(coarse.pixels, x, y, tolerance);
  const filled = {
    top: here.top + coarse.top,
    rows: here.rows.map((row) => row.map((end) => end + coarse.left)),
  };
  const box = boundsOf(filled);
  if (!box) return noSpans;
  // One coarse pixel more on every side: the edge may lie there.
  const around = insideOf(grown(enlargedBox(box, 2 ** level), 2 ** level), picture);
  const finer = Array.from({ length: level }, (_, each) => each).find(
    (each) => tilesOf(around, each).length <= mostTiles,
  );
  if (finer === undefined) return clip(enlarge(filled, 2 ** level), picture);
  const fine = await pixelsOf(tiles, around, finer, picture);
  const sharp = refineEdge(filled, 2 ** (level - finer), fine, colour, tolerance);
  return clip(enlarge(sharp, 2 ** finer), picture);
}

const enlargedBox = ({ x, y, width, height }: Box, factor: number): Box => ({
  ...{ x: x * factor, y: y * factor, width: width * factor, height: height * factor },
});
const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  ...{ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by },
});
function insideOf(box: Box, { width, height }: Size): Box {
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  return { x, y, width: Math.min(width, box.x + box.width) - x, height: Math.min(height, box.y + box.height) - y };
}

/** Pixels of a part of the picture at a level, and where they begin in pixels of that level. */
async function pixelsOf(
  tiles: TileStore,
  part: Box,
  level: number,
  picture: Size,
): Promise<{ pixels: Pixels; left: number; top: number }> {
  const factor = 2 ** level;
  const [left, top] = [Math.floor(part.x / factor), Math.floor(part.y / factor)];
  const width = Math.max(1, Math.ceil((part.x + part.width) / factor) - left);
  const height = Math.max(1, Math.ceil((part.y + part.height) / factor) - top);
  const wanted = tilesOf(part, level);
  const images = await tiles.load(wanted);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  wanted.forEach((tile, index) => {
    const { x, y } = tileBox(tile, picture);
    context.drawImage(images[index]!, x / factor - left, y / factor - top);
  });
  return { pixels: context.getImageData(0, 0, width, height), left, top };
}
