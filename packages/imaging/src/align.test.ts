import { describe, expect, it } from 'vitest';
import { alignAffine, alignReference, pyramidOf } from './align-affine.ts';
import { alignLocal, warpLocally } from './align-local.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { phaseCorrelation } from './phase-correlation.ts';
import { emptyPlane, type Plane } from './picture.ts';
import { type Transform, warp } from './warp.ts';

/** Bars and blocks without a period, a little blurred as a lens does. */
function drawn(size: number): Plane {
  const plane = emptyPlane(size, size);
  const block = (x: number, y: number, width: number, height: number, value: number) => {
    for (let row = y; row < y + height; row++)
      for (let column = x; column < x + width; column++) plane.data[row * size + column] = value;
  };
  for (let at = 0; at < 14; at++) {
    const [x, y] = [((at * 53) % 150) + 20, ((at * 89) % 150) + 20];
    block(x, y, 8 + ((at * 7) % 20), 6 + ((at * 11) % 17), 0.4 + (at % 4) * 0.2);
  }
  return gaussianBlur(plane, 1);
}

const picture = drawn(200);

describe('registration', () => {
  it('finds a shift between pixels by phase correlation', () => {
    const moved = warp(picture, 200, 200, [1, 0, -7.25, 0, 1, 4.5, 0, 0, 1]);
    const { dx, dy, peak } = phaseCorrelation(picture, moved);
    expect(dx).toBeCloseTo(7.25, 0);
    expect(dy).toBeCloseTo(-4.5, 0);
    expect(peak).toBeGreaterThan(0.2);
  });

  it('finds rotation, scale and shift under another brightness and contrast', () => {
    const angle = (2.5 * Math.PI) / 180;
    const [cos, sin] = [1.02 * Math.cos(angle), 1.02 * Math.sin(angle)];
    const wanted: Transform = [cos, -sin, 6, sin, cos, -3, 0, 0, 1];
    const inverse: Transform = [
      cos / 1.02 ** 2,
      sin / 1.02 ** 2,
      -(cos * 6 + sin * -3) / 1.02 ** 2,
      -sin / 1.02 ** 2,
      cos / 1.02 ** 2,
      -(-sin * 6 + cos * -3) / 1.02 ** 2,
      0,
      0,
      1,
    ];
    const other = warp(picture, 200, 200, inverse);
    const darker = { ...other, data: other.data.map((value) => 0.2 + 0.5 * value) };
    const { transform, correlation } = alignAffine(alignReference(picture), pyramidOf(darker));
    expect(correlation).toBeGreaterThan(0.98);
    for (const [x, y] of [
      [30, 30],
      [170, 40],
      [100, 160],
    ] as const) {
      const at = (m: Transform) => [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]] as const;
      const [found, right] = [at(transform), at(wanted)];
      expect(Math.hypot(found[0] - right[0], found[1] - right[1])).toBeLessThan(0.3);
    }
  });

  it('takes out a stretch that no affine transform has', () => {
    const bent = warp(picture, 200, 200, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    for (let y = 0; y < 200; y++)
      for (let x = 0; x < 200; x++) {
        const from = x + 2 * Math.sin((Math.PI * x) / 200);
        const left = Math.min(Math.floor(from), 198);
        const part = from - left;
        bent.data[y * 200 + x] = picture.data[y * 200 + left]! * (1 - part) + picture.data[y * 200 + left + 1]! * part;
      }
    const still: Transform = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const field = alignLocal(pyramidOf(picture), pyramidOf(bent), still, { spacing: 40 });
    const straight = warpLocally(bent, 200, 200, still, field);
    const error = (plane: Plane) =>
      plane.data.reduce((sum, value, at) => sum + Math.abs(value - picture.data[at]!), 0) / plane.data.length;
    expect(error(straight)).toBeLessThan(error(bent) / 3);
  });
});
