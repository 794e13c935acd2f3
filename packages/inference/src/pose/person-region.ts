import type { Box } from '../detector.ts';

/** Air around a person, as a share of its longer side: arms and a head that the box cuts off are still seen. */
const air = 1.25;

/** A square around a person, as large as the box and some air; moved into the picture, and cut off where it is too large. */
export function personRegion({ x, y, width, height }: Box, size: { width: number; height: number }): Box {
  const side = Math.max(width, height, 8) * air;
  const across = Math.min(side, size.width);
  const down = Math.min(side, size.height);
  const left = Math.min(Math.max(x + width / 2 - across / 2, 0), size.width - across);
  const top = Math.min(Math.max(y + height / 2 - down / 2, 0), size.height - down);
  return { x: left, y: top, width: across, height: down };
}
