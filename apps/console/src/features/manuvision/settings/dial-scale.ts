import type { PartPicture } from '../types.ts';
import type { Point } from './picture-stage.tsx';

export interface DialScale {
  readonly fromAngle: number;
  readonly toAngle: number;
  readonly from: number;
  readonly to: number;
}

/** Degrees clockwise from the top, -180 to 180, of a place around the middle of the picture. */
export function angleAt([x, y]: Point, { width, height }: Pick<PartPicture, 'width' | 'height'>): number {
  const degrees = (Math.atan2(x - width / 2, height / 2 - y) * 180) / Math.PI;
  return Math.round(degrees * 10) / 10;
}

/** Where a ray at such an angle ends, at a share of the smaller side from the middle. */
export function placeAt(angle: number, share: number, { width, height }: Pick<PartPicture, 'width' | 'height'>): Point {
  const radius = Math.min(width, height) * share;
  const turn = (angle * Math.PI) / 180;
  return [width / 2 + radius * Math.sin(turn), height / 2 - radius * Math.cos(turn)];
}
