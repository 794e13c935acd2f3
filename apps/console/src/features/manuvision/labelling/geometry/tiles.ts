import type { Point } from './rasterise.ts';
import type { Size } from './shape.ts';
import type { Box } from './spans.ts';
import { toPicture, type View } from './view.ts';

/** Pixels of a tile, as the server cuts them. */
const tileSide = 512;

/** A piece of a picture; each level is half as large as the one before, level 0 is the picture itself. */
export interface Tile {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export const tileKey = ({ level, column, row }: Tile): string => `${level}/${column}/${row}`;

/** The level at which the whole picture is one tile. */
export function coarsestLevel({ width, height }: Size): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / tileSide)));
}

/** The coarsest level that still has a pixel for every pixel of the screen. */
export const levelFor = (devicePixelsPerPixel: number, picture: Size): number =>
  Math.min(coarsestLevel(picture), Math.max(0, Math.floor(Math.log2(1 / devicePixelsPerPixel) + 1e-9)));

/** Where a tile lies on the picture, in pixels of level 0. */
export function tileBox({ level, column, row }: Tile, { width, height }: Size): Box {
  const side = tileSide * 2 ** level;
  const [x, y] = [column * side, row * side];
  return { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) };
}

/** The part of a picture that is on the stage; undefined where none is. */
export function visibleBox(view: View, picture: Size, stage: Size): Box | undefined {
  const [left, top] = toPicture(view, [0, 0]);
  const [right, bottom] = toPicture(view, [stage.width, stage.height]);
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const [width, height] = [Math.min(picture.width, right) - x, Math.min(picture.height, bottom) - y];
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Tiles of a level that a part of the picture touches, from its middle outwards. */
export function tilesOf(part: Box, level: number): Tile[] {
  const side = tileSide * 2 ** level;
  const [left, top] = [Math.floor(part.x / side), Math.floor(part.y / side)];
  const right = Math.ceil((part.x + part.width) / side);
  const bottom = Math.ceil((part.y + part.height) / side);
  const middle: Point = [(part.x + part.width / 2) / side - 0.5, (part.y + part.height / 2) / side - 0.5];
  const away = ({ column, row }: Tile) => Math.hypot(column - middle[0], row - middle[1]);
  const all: Tile[] = [];
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) all.push({ level, column, row });
  return all.sort((a, b) => away(a) - away(b));
}
