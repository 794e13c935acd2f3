import { describe, expect, it } from 'vitest';
import type { Drawn } from '../types.ts';
import { insertPoint, middlesOf, moveAll, movePoint, removePoint, sideArrow } from './drawn-shape.ts';

const line = (...points: Drawn[]) => ({ points, isZone: false });
const zone = (...points: Drawn[]) => ({ points, isZone: true });
const square = zone([0.2, 0.2], [0.6, 0.2], [0.6, 0.6], [0.2, 0.6]);

describe('a drawn shape', () => {
  it('keeps its points inside the picture, on a grid finer than a pixel', () => {
    expect(movePoint(square, 1, [1.3, -0.2])[1]).toEqual([1, 0]);
    expect(movePoint(square, 0, [1 / 3, 0.5])[0]).toEqual([0.3333, 0.5]);
  });

  it('is moved whole only as far as none of it leaves the picture', () =>
    expect(moveAll(square, [0.9, -0.1])).toEqual([
      [0.6, 0.1],
      [1, 0.1],
      [1, 0.5],
      [0.6, 0.5],
    ]));

  it('takes a point between two neighbours; a zone also between the last and the first', () => {
    expect(middlesOf(line([0, 0], [1, 0]))).toEqual([{ after: 0, at: [0.5, 0] }]);
    expect(middlesOf(square).at(-1)).toEqual({ after: 3, at: [0.2, 0.4] });
    expect(insertPoint(square, 3, [0.2, 0.4]).at(-1)).toEqual([0.2, 0.4]);
  });

  it('does not lose so many points that it is none any more', () => {
    const triangle = zone([0, 0], [1, 0], [0, 1]);
    expect(removePoint(triangle, 0)).toEqual(triangle.points);
    expect(removePoint(square, 0)).toHaveLength(3);
    expect(removePoint(line([0, 0], [1, 1]), 1)).toHaveLength(2);
  });
});

describe('the arrow of a line', () => {
  it('points to the right hand of who walks from the first point to the last', () => {
    // From left to right the right hand is below.
    const { from, to } = sideArrow(
      [
        [0.2, 0.5],
        [0.8, 0.5],
      ],
      'right',
      16 / 9,
    );
    expect(from).toEqual([0.5, 0.5]);
    expect(to[0]).toBeCloseTo(0.5);
    expect(to[1]).toBeGreaterThan(0.5);
    // From top to bottom it is to the left.
    expect(
      sideArrow(
        [
          [0.5, 0.1],
          [0.5, 0.9],
        ],
        'right',
        1,
      ).to[0],
    ).toBeLessThan(0.5);
    expect(
      sideArrow(
        [
          [0.5, 0.1],
          [0.5, 0.9],
        ],
        'left',
        1,
      ).to[0],
    ).toBeGreaterThan(0.5);
  });

  it('begins at half of the way of a bent line and is square to it as it is seen', () => {
    const ratio = 2;
    const { from, to } = sideArrow(
      [
        [0, 0],
        [0.1, 0],
        [0.9, 0.8],
      ],
      'right',
      ratio,
    );
    expect(from[0]).toBeGreaterThan(0.1);
    const along = [0.8 * ratio, 0.8];
    const across = [(to[0] - from[0]) * ratio, to[1] - from[1]];
    expect(along[0]! * across[0]! + along[1]! * across[1]!).toBeCloseTo(0);
  });
});
