import { pngBytes, type Region, shrunkRgb } from '@millwright/imaging';
import { pixelsOf } from '../kinds/region-setting.ts';
import { areaBack, type PlacedPicture } from './placed-picture.ts';

/** A place of a picture as it is shown. */
export interface Patch {
  /** The place with its neighbours, as it is described, in pixels of its picture as it came; null where the picture is not at hand. */
  readonly area: Region | null;
  /** PNG of it. */
  readonly crop: Uint8Array | null;
}

/** Places that a patch is across: each is described with its neighbours. */
const across = 3;
/** Longest side of a crop, pixels. */
const mostSide = 192;

/**
 * A place of a tile with its neighbours; at an edge moved inwards, so that all are of one size.
 * @param tile in shares of the picture, as the answer is
 */
export function patchArea(tile: Region, place: number, grid: number): Region {
  const cells = Math.min(across, grid);
  const start = (at: number) => Math.min(Math.max(at - Math.floor(cells / 2), 0), grid - cells);
  return {
    x: tile.x + (start(place % grid) / grid) * tile.width,
    y: tile.y + (start(Math.floor(place / grid)) / grid) * tile.height,
    ...{ width: (cells / grid) * tile.width, height: (cells / grid) * tile.height },
  };
}

/** Whether two patches share more than an edge. */
export const overlap = (a: Region, b: Region): boolean =>
  a.x < b.x + b.width - 1e-9 &&
  b.x < a.x + a.width - 1e-9 &&
  a.y < b.y + b.height - 1e-9 &&
  b.y < a.y + a.height - 1e-9;

/** Whether one patch lies where the other does, or a place beside it. */
export const isNear = (a: Region, b: Region): boolean =>
  Math.abs(a.x - b.x) <= b.width / 2 && Math.abs(a.y - b.y) <= b.height / 2;

/** Cuts it out. */
export async function patchOf(placed: PlacedPicture | undefined, shares: Region): Promise<Patch> {
  if (!placed) return { area: null, crop: null };
  const { picture } = placed;
  const area = pixelsOf(shares, picture);
  const factor = Math.max(Math.ceil(Math.max(area.width, area.height) / mostSide), 1);
  const { bytes, ...size } = shrunkRgb(picture, area, factor);
  return { area: areaBack(area, placed), crop: await pngBytes({ ...size, channels: 3, depth: 8, data: bytes }) };
}
