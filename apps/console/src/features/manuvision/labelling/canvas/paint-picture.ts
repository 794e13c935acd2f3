import type { Size } from '../geometry/shape.ts';
import { coarsestLevel, levelFor, type Tile, tileBox, tilesOf, visibleBox } from '../geometry/tiles.ts';
import type { View } from '../geometry/view.ts';
import type { TileStore } from './tile-store.ts';

/** Draws the tiles that are there, coarser ones where finer are still on their way, and asks for those that are missing. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  tiles: TileStore,
  { view, picture, stage, ratio }: { view: View; picture: Size; stage: Size; ratio: number },
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const part = visibleBox(view, picture, stage);
  if (!part) return;
  const coarsest = coarsestLevel(picture);
  const level = levelFor(view.scale * ratio, picture);
  const whole: Tile = { level: coarsest, column: 0, row: 0 };
  const wanted = tilesOf(part, level);
  tiles.want([whole, ...wanted]);
  // Single pixels are shown as they are.
  context.imageSmoothingEnabled = view.scale * ratio < 2;
  const isComplete = wanted.every((tile) => tiles.get(tile));
  for (let each = isComplete ? level : coarsest; each >= level; each -= 1)
    for (const tile of each === level ? wanted : tilesOf(part, each)) {
      const image = tiles.get(tile);
      if (!image) continue;
      const { x, y, width, height } = tileBox(tile, picture);
      // On whole pixels of the screen, so that no seam shows between two.
      const [left, top] = [
        Math.round((x * view.scale + view.x) * ratio),
        Math.round((y * view.scale + view.y) * ratio),
      ];
      const right = Math.round(((x + width) * view.scale + view.x) * ratio);
      const bottom = Math.round(((y + height) * view.scale + view.y) * ratio);
      context.drawImage(image, left, top, right - left, bottom - top);
    }
}
