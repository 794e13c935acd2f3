import type { PartRegion } from '../parts/body-part.ts';
import type { Pixels } from './pixels.ts';

/** Side of a patch in pixels. */
export const patchSide = 48;

/**
 * The turned rectangle as an upright square of 48 by 48 colours. Each is the mean of up to 16 places (so that a large
 * region does not alias), each place read between its four neighbours; outside the picture its edge goes on.
 */
export function cutPatch(pixels: Pixels, region: Omit<PartRegion, 'part' | 'from'>): Uint8Array {
  const { scaleX = 1, scaleY = 1, offsetX = 0, offsetY = 0 } = pixels;
  const [cos, sin] = [Math.cos(region.angle), Math.sin(region.angle)];
  const perCell = Math.max(region.width * scaleX, region.height * scaleY) / patchSide;
  const steps = Math.min(4, Math.max(1, Math.ceil(perCell)));
  const patch = new Uint8Array(patchSide * patchSide * 3);
  const sum = [0, 0, 0];
  for (let row = 0; row < patchSide; row++)
    for (let column = 0; column < patchSide; column++) {
      sum.fill(0);
      for (let step = 0; step < steps * steps; step++) {
        const across = ((column + ((step % steps) + 0.5) / steps) / patchSide - 0.5) * region.width;
        const down = ((row + (Math.floor(step / steps) + 0.5) / steps) / patchSide - 0.5) * region.height;
        const x = (region.x + across * cos - down * sin - offsetX) * scaleX - 0.5;
        const y = (region.y + across * sin + down * cos - offsetY) * scaleY - 0.5;
        addBetween(pixels, x, y, sum);
      }
      const to = (row * patchSide + column) * 3;
      for (let channel = 0; channel < 3; channel++) patch[to + channel] = Math.round(sum[channel]! / (steps * steps));
    }
  return patch;
}

function addBetween({ width, height, data }: Pixels, x: number, y: number, sum: number[]): void {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)];
  const [fx, fy] = [cx - x0, cy - y0];
  for (let channel = 0; channel < 3; channel++) {
    const at = (px: number, py: number) => data[(py * width + px) * 3 + channel]!;
    const upper = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * fx;
    const lower = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * fx;
    sum[channel]! += upper + (lower - upper) * fy;
  }
}
