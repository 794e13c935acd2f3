import type { Plane } from '@millwright/imaging';
import { circleShape, drawShape, rectangleShape, union } from '@millwright/imaging/test-support';

/** What a drawn part truly measures, by the feature's name: pixels, square pixels, degrees. */
export type Truth = Readonly<Record<string, number>>;

export interface DrawnPlate {
  readonly plane: Plane;
  readonly truth: Truth;
}

const size = { width: 220, height: 160, inside: 0.2, outside: 0.8 };

/** A dark plate with two holes; `at` moves, turns and sizes it by fractions of a pixel and up to two degrees. Without noise. */
export function drawPlate(at: number, blur: number): DrawnPlate {
  const part = (step: number) => (at * step) % 1;
  const [x, y, turn] = [110 + part(0.37), 80 + part(0.61), 4 * part(0.29) - 2];
  const [width, height] = [120 + part(0.43), 70 + part(0.17)];
  const [large, small] = [14 + part(0.73), 10 + part(0.53)];
  const cos = Math.cos((turn * Math.PI) / 180);
  const sin = Math.sin((turn * Math.PI) / 180);
  const place = (u: number, v: number): [number, number] => [x + u * cos - v * sin, y + u * sin + v * cos];
  const body = rectangleShape(x, y, width, height, turn);
  const left = place(-35, 5);
  const holes = union(circleShape(...left, large), circleShape(...place(30, 5), small));
  const plane = drawShape({ ...size, blur, shape: (u, v) => Math.max(body(u, v), -holes(u, v)) });
  return {
    plane,
    truth: {
      width,
      'large hole': 2 * large,
      'small hole': 2 * small,
      pitch: 65,
      'hole to edge': width / 2 - 35,
      angle: 90,
      area: width * height - Math.PI * (large ** 2 + small ** 2),
    },
  };
}

/** Measures all of them, wherever the part lies. */
export const platePlan = {
  format: 1,
  features: [
    { name: 'left', tool: 'line', region: { x: 49.8, y: 61, length: 20, width: 24 } },
    { name: 'top', tool: 'line', region: { x: 110, y: 45, angle: 90, length: 24, width: 90 } },
    { name: 'width', tool: 'caliper', region: { x: 110, y: 58, length: 160, width: 12 }, between: 'dark' },
    { name: 'large hole', tool: 'circle', region: { x: 75, y: 85, inner: 6, outer: 21 } },
    { name: 'small hole', tool: 'circle', region: { x: 140, y: 86, inner: 4, outer: 17 } },
    { name: 'pitch', tool: 'distance', of: ['large hole', 'small hole'] },
    { name: 'hole to edge', tool: 'distance', of: ['left', 'large hole'] },
    { name: 'angle', tool: 'angle', of: ['left', 'top'] },
    { name: 'area', tool: 'area', region: { x: 110, y: 80, width: 180, height: 130 }, object: 'dark' },
  ],
};
