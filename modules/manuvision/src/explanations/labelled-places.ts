import type { Plane, Region } from '@millwright/imaging';
import type { ExplainedTile } from './explained-network.ts';

export interface Labels {
  /** In shares of the picture. */
  readonly boxes: readonly Region[];
  readonly mask: Plane | undefined;
}

/** From this share of a place on, or of what the fullest place has, it counts as one of the defect. */
const enough = 0.5;

/**
 * Places of a labelled defect: those that what was drawn covers most of. Where nobody drew anything, and where nothing of it is seen, the
 * place that is furthest off.
 */
export function labelledPlaces(tiles: readonly ExplainedTile[], grid: number, labels: Labels) {
  const places = tiles.flatMap((tile) =>
    [...tile.heat].map((heat, place) => {
      const [width, height] = [tile.area.width / grid, tile.area.height / grid];
      const x = tile.area.x + (place % grid) * width;
      const y = tile.area.y + Math.floor(place / grid) * height;
      return { tile, place, heat, covered: covered({ x, y, width, height }, labels) };
    }),
  );
  const most = places.reduce((sum, one) => Math.max(sum, one.covered), 0);
  if (most > 0) return places.filter((one) => one.covered >= enough * most);
  return places.sort((a, b) => b.heat - a.heat).slice(0, 1);
}

/** Share of a cell; of boxes that overlap the largest. */
function covered(cell: Region, { boxes, mask }: Labels): number {
  const along = (start: number, length: number, own: number, ownLength: number) =>
    Math.max(Math.min(start + length, own + ownLength) - Math.max(start, own), 0);
  let most = mask ? coveredByMask(cell, mask) : 0;
  for (const box of boxes) {
    const shared = along(cell.x, cell.width, box.x, box.width) * along(cell.y, cell.height, box.y, box.height);
    most = Math.max(most, shared / (cell.width * cell.height));
  }
  return most;
}

function coveredByMask(cell: Region, { width, height, data }: Plane): number {
  const [left, right] = [Math.floor(cell.x * width), Math.max(Math.ceil((cell.x + cell.width) * width), 1)];
  const [top, bottom] = [Math.floor(cell.y * height), Math.max(Math.ceil((cell.y + cell.height) * height), 1)];
  let inside = 0;
  for (let y = top; y < Math.min(bottom, height); y++)
    for (let x = left; x < Math.min(right, width); x++) if (data[y * width + x]! > 0) inside++;
  return inside / Math.max((right - left) * (bottom - top), 1);
}
