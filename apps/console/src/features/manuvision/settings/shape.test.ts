import { expect, it } from 'vitest';
import {
  boxOf,
  draggedTo,
  grownBy,
  handlesOf,
  movedBy,
  type Rectangle,
  type Ring,
  rectangleOf,
  turnedBy,
} from './shape.ts';

const picture = { width: 200, height: 100 };
const flat = rectangleOf({ x: 10, y: 20, width: 40, height: 30 });
const ring: Ring = { kind: 'ring', x: 100, y: 50, inner: 10, outer: 40 };

it('moves what is upright within the picture, and by its middle what is not', () => {
  expect(boxOf(movedBy(flat, [5, -3], picture) as Rectangle, picture)).toEqual({ x: 15, y: 17, width: 40, height: 30 });
  expect(boxOf(movedBy(flat, [999, 999], picture) as Rectangle, picture)).toMatchObject({ x: 160, y: 70 });
  expect(movedBy(ring, [-300, 10], picture)).toMatchObject({ x: 0, y: 60 });
});

it('keeps the corner across from the one that is dragged', () => {
  const larger = draggedTo(flat, 'se', [90, 80]) as Rectangle;
  expect(boxOf(larger, picture)).toEqual({ x: 10, y: 20, width: 80, height: 60 });
  expect(draggedTo(flat, 'nw', [500, 500])).toMatchObject({ width: 2, height: 2 });
  const upright = { ...flat, angle: 90 };
  const [name, corner] = handlesOf(upright, true)[0]!;
  const [, across] = handlesOf(upright, true)[2]!;
  const moved = draggedTo(upright, name, [corner[0] + 8, corner[1] - 4]);
  const [, still] = handlesOf(moved, true)[2]!;
  expect(still[0]).toBeCloseTo(across[0], 6);
  expect(still[1]).toBeCloseTo(across[1], 6);
});

it('turns towards the pointer, and grows by keys', () => {
  expect(draggedTo(flat, 'turn', [flat.x, flat.y + 50])).toMatchObject({ angle: 90 });
  expect(turnedBy({ ...flat, angle: 179 }, 2)).toMatchObject({ angle: -179 });
  expect(boxOf(grownBy(flat, [10, -5]) as Rectangle, picture)).toEqual({ x: 10, y: 20, width: 50, height: 25 });
});

it('keeps the radii of a ring apart', () => {
  expect(draggedTo(ring, 'outer', [100, 51])).toMatchObject({ outer: 15 });
  expect(draggedTo(ring, 'inner', [190, 50])).toMatchObject({ inner: 35 });
  expect(grownBy(ring, [-100, 3])).toMatchObject({ outer: 15, inner: 10 });
});
