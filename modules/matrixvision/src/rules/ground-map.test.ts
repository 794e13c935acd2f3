import { describe, expect, it } from 'vitest';
import { groundMap, homographyOf } from './ground-map.ts';

const pair = (x: number, y: number, X: number, Y: number) => ({ picture: { x, y }, ground: { x: X, y: Y } });

describe('the map to the ground', () => {
  it('goes through four points, and through what lies between them in perspective', () => {
    // A road of 4 m that is half as wide in the picture at the far end as at the near one: Y = 0 and Y = 10.
    const pairs = [pair(0.1, 1, 0, 0), pair(0.9, 1, 4, 0), pair(0.7, 0.5, 4, 10), pair(0.3, 0.5, 0, 10)];
    const { homography, sign } = homographyOf(pairs)!;
    const map = groundMap(homography, sign);
    for (const { picture, ground } of pairs) {
      expect(map(picture)!.x).toBeCloseTo(ground.x, 6);
      expect(map(picture)!.y).toBeCloseTo(ground.y, 6);
    }
    expect(map({ x: 0.5, y: 1 })!.x).toBeCloseTo(2, 6);
    // The diagonals meet in the middle of the road, two thirds up the picture's part: half its length.
    expect(map({ x: 0.5, y: 2 / 3 })!.y).toBeCloseTo(5, 6);
    // The sides of the road meet at the horizon, y = 0; above it there is no ground.
    expect(map({ x: 0.5, y: -0.01 })).toBeUndefined();
    expect(map({ x: 0.5, y: 0.01 })!.y).toBeGreaterThan(100);
  });

  it('does not exist for points on a line', () => {
    expect(
      homographyOf([pair(0, 0, 0, 0), pair(0.5, 0.5, 1, 1), pair(1, 1, 2, 2), pair(0.2, 0.2, 3, 3)]),
    ).toBeUndefined();
    expect(homographyOf([pair(0, 0, 0, 0), pair(0.5, 0.5, 1, 1), pair(1, 1, 2, 2), pair(1, 0, 2, 0)])).toBeUndefined();
  });
});
