import { expect, it } from 'vitest';
import { squaredDistance } from '../learning/sample.ts';
import { cutPatch, patchSide } from './cut-patch.ts';
import { describePatch } from './describe-patch.ts';

const painted = (width: number, height: number, colour: (x: number, y: number) => readonly number[]) => ({
  ...{ width, height },
  data: Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return colour(pixel % width, Math.floor(pixel / width))[at % 3]!;
  }),
});
const whole = { x: 50, y: 50, width: 100, height: 100, angle: 0 };
const at = (patch: Uint8Array, x: number, y: number) => [...patch.subarray((y * patchSide + x) * 3).subarray(0, 3)];

it('cuts a region out upright', () => {
  const halves = painted(100, 100, (_, y) => (y < 50 ? [255, 0, 0] : [0, 0, 255]));
  const patch = cutPatch(halves, whole);
  expect(at(patch, 24, 5)).toEqual([255, 0, 0]);
  expect(at(patch, 24, 43)).toEqual([0, 0, 255]);
});

it('turns a turned region upright', () => {
  // What lies to the right is above, seen by somebody who leans a quarter turn to the right.
  const sides = painted(100, 100, (x) => (x < 50 ? [0, 0, 255] : [255, 0, 0]));
  const patch = cutPatch(sides, { ...whole, angle: Math.PI / 2 });
  expect(at(patch, 24, 5)).toEqual([255, 0, 0]);
  expect(at(patch, 24, 43)).toEqual([0, 0, 255]);
});

it('reads a scaled part of the source by its place in the source', () => {
  const view = { ...painted(50, 50, () => [0, 200, 0]), scaleX: 0.5, scaleY: 0.5, offsetX: 300, offsetY: 200 };
  expect(at(cutPatch(view, { x: 350, y: 250, width: 40, height: 40, angle: 0 }), 24, 24)).toEqual([0, 200, 0]);
});

it('averages fine patterns instead of picking single pixels', () => {
  const checks = painted(192, 192, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const patch = cutPatch(checks, { x: 96, y: 96, width: 160, height: 160, angle: 0 });
  expect(Math.max(...patch) - Math.min(...patch)).toBeLessThan(60);
});

it('tells colours apart, not sides', () => {
  const plain = (colour: readonly number[]) =>
    describePatch(
      cutPatch(
        painted(100, 100, () => colour),
        whole,
      ),
      'head',
    );
  const [yellow, darker, blue] = [plain([250, 200, 30]), plain([225, 180, 27]), plain([30, 60, 200])];
  expect(squaredDistance(yellow, darker)).toBeLessThan(squaredDistance(yellow, blue) / 4);
  const left = painted(100, 100, (x) => (x < 50 ? [250, 200, 30] : [30, 60, 200]));
  const right = painted(100, 100, (x) => (x < 50 ? [30, 60, 200] : [250, 200, 30]));
  const [a, b] = [left, right].map((pixels) => describePatch(cutPatch(pixels, whole), 'head'));
  expect(squaredDistance(a!, b!)).toBeLessThan(1e-3);
});

it('gives numbers from 0 to 1, 19 a cell', () => {
  const numbers = describePatch(
    cutPatch(
      painted(100, 100, (x, y) => [x, y, 90]),
      whole,
    ),
    'head',
  );
  expect(numbers).toHaveLength(95);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(1);
});
