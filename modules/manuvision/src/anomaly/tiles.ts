import { type Picture, type Plane, type Region, resizedRgb, rgbBytes, shrunkRgb } from '@millwright/imaging';
import type { Shown } from '../kinds/inspection.ts';
import { pixelsOf } from '../kinds/region-setting.ts';
import type { AnomalySettings } from './anomaly-settings.ts';

/** A part of a picture as the network takes it. */
export interface Tile extends Shown {
  /** What it covers, in pixels of the picture. */
  readonly area: Region;
}

/** Neighbouring tiles share at least this much of their side, so that a defect is whole in one of them. */
const overlap = 1 / 8;
/** Pixels of a whole picture from which on it is made smaller before the network does it, to spare memory. */
const largePixels = 8_000_000;
const largeSide = 2048;

/** The pieces of a picture that are looked at one by one, row by row; one piece where it is not larger than a tile. */
export function tilesOf(
  picture: Picture,
  { tile, region, side }: Pick<AnomalySettings, 'tile' | 'region' | 'side'>,
): Tile[] {
  const { width, height } = picture;
  if (tile === null) {
    // The region is cut out within the network.
    const area = pixelsOf(region, picture);
    if (width * height <= largePixels) return [{ area, bytes: rgbBytes(picture), width, height }];
    const [across, down] = [Math.min(width, largeSide), Math.min(height, largeSide)];
    return [{ area, bytes: resizedRgb(picture, across, down), width: across, height: down }];
  }
  const area = pixelsOf(region, picture);
  const tiles: Tile[] = [];
  for (const [y, down] of spans(area.y, area.height, tile))
    for (const [x, across] of spans(area.x, area.width, tile)) {
      const own = { x, y, width: across, height: down };
      // The network scales to its side whatever it is given; most of that is cheaper here.
      const factor = Math.max(Math.floor(Math.min(across, down) / side), 1);
      tiles.push({ area: own, ...shrunkRgb(picture, own, factor) });
    }
  return tiles;
}

/** An area in pixels of a picture as shares of its sides. */
export const sharesOf = (area: Region, { width, height }: Pick<Picture, 'width' | 'height'>): Region => ({
  ...{ x: area.x / width, y: area.y / height, width: area.width / width, height: area.height / height },
});

/** Starts and lengths along an axis, evenly spread. */
function spans(start: number, length: number, tile: number): [number, number][] {
  if (length <= tile) return [[start, length]];
  const shared = Math.round(tile * overlap);
  const count = Math.ceil((length - shared) / (tile - shared));
  return Array.from({ length: count }, (_, at) => [start + Math.round((at * (length - tile)) / (count - 1)), tile]);
}

/** Most cells of a heat map along a side. */
const mostCells = 512;

/**
 * The maps of all tiles as one over the whole picture; where tiles overlap the worse one counts, and what no tile covers has
 * the least value there is.
 */
export function heatmapOf(
  maps: readonly { readonly area: Region; readonly grid: number; readonly data: Float32Array }[],
  width: number,
  height: number,
): Plane {
  const [first] = maps;
  if (maps.length === 1 && first!.area.width === width && first!.area.height === height)
    return { width: first!.grid, height: first!.grid, data: first!.data };
  const cells = (side: number, covered: number) =>
    Math.min(Math.max(Math.ceil((side / covered) * first!.grid), 1), mostCells);
  const [columns, rows] = [cells(width, first!.area.width), cells(height, first!.area.height)];
  const data = new Float32Array(columns * rows).fill(Number.NEGATIVE_INFINITY);
  let least = Number.POSITIVE_INFINITY;
  for (const { area, grid, data: own } of maps) {
    for (const value of own) least = Math.min(least, value);
    for (let row = 0; row < rows; row++) {
      const y = (((row + 0.5) / rows) * height - area.y) / area.height;
      if (y < 0 || y >= 1) continue;
      for (let column = 0; column < columns; column++) {
        const x = (((column + 0.5) / columns) * width - area.x) / area.width;
        if (x < 0 || x >= 1) continue;
        const value = own[Math.floor(y * grid) * grid + Math.floor(x * grid)]!;
        const at = row * columns + column;
        if (value > data[at]!) data[at] = value;
      }
    }
  }
  return {
    width: columns,
    height: rows,
    data: data.map((value) => (value === Number.NEGATIVE_INFINITY ? least : value)),
  };
}
