import type { Point } from '@millwright/imaging';

/** How a part lies against how it lay when its regions were drawn: turned around `from`, then moved so that `from` is at `to`. */
export interface Placement {
  readonly from: Point;
  readonly to: Point;
  /** Degrees clockwise as seen. */
  readonly turn: number;
}

/** A region moved and turned with the part. */
export function place<R extends Point>({ from, to, turn }: Placement, region: R): R {
  const cos = Math.cos((turn * Math.PI) / 180);
  const sin = Math.sin((turn * Math.PI) / 180);
  const dx = region.x - from.x;
  const dy = region.y - from.y;
  const turned = Object.fromEntries(
    Object.entries(region)
      .filter(([name]) => name === 'angle' || name === 'from' || name === 'to')
      .map(([name, degrees]) => [name, (degrees as number) + turn]),
  );
  return { ...region, ...turned, x: to.x + dx * cos - dy * sin, y: to.y + dx * sin + dy * cos };
}
