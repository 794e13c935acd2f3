import type { Box, Point } from './picture-stage.tsx';

export interface DialScale {
  readonly fromAngle: number;
  readonly toAngle: number;
  readonly from: number;
  readonly to: number;
}

export const usualScale: DialScale = { fromAngle: -135, toAngle: 135, from: 0, to: 10 };

/** Degrees clockwise from the top, -180 to 180, of a place around the middle of the dial's box. */
export function angleAt([x, y]: Point, box: Box): number {
  const degrees = (Math.atan2(x - box.x - box.width / 2, box.y + box.height / 2 - y) * 180) / Math.PI;
  return Math.round(degrees * 10) / 10;
}

/** Where a ray at such an angle ends, at a share of the smaller side from the middle. */
export function placeAt(angle: number, share: number, { x, y, width, height }: Box): Point {
  const radius = Math.min(width, height) * share;
  const turn = (angle * Math.PI) / 180;
  return [x + width / 2 + radius * Math.sin(turn), y + height / 2 - radius * Math.cos(turn)];
}

/** An angle turned by degrees, -180 to 180. */
export const turnedTo = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180;
