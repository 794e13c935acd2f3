import { describe, expect, it } from 'vitest';
import { calibrationOf, fitOf, type GroundPoint, gridOf, groundDraftOf, placedPoints } from './ground-points.ts';

const unplaced = (x: number, y: number): GroundPoint => ({ picture: [x, y], ground: [null, null] });
/** A road, narrower in the picture at its far end. */
const corners = [unplaced(0.1, 1), unplaced(0.9, 1), unplaced(0.7, 0.5), unplaced(0.3, 0.5)];

describe('the ground of a picture', () => {
  it('is known once every point has its place', () => {
    expect(calibrationOf(corners)).toBeUndefined();
    expect(calibrationOf(placedPoints({ points: corners, sides: [4, null] }))).toBeUndefined();
    const placed = placedPoints({ points: corners, sides: [4, 10] });
    expect(calibrationOf(placed)?.points.map(({ ground }) => ground)).toEqual([
      [0, 0],
      [4, 0],
      [4, 10],
      [0, 10],
    ]);
    expect(calibrationOf(placed.slice(0, 3))).toBeUndefined();
    expect(calibrationOf([...placed, unplaced(0.5, 0.7)])).toBeUndefined();
  });

  it('is filled in again as it was: by its sides where it is a rectangle', () => {
    const calibration = calibrationOf(placedPoints({ points: corners, sides: [4, 10] }))!;
    expect(groundDraftOf(calibration).sides).toEqual([4, 10]);
    const moved = calibration.points.with(3, { picture: [0.3, 0.5], ground: [1, 10] });
    expect(groundDraftOf({ points: moved })).toEqual({ points: moved });
  });

  it('has a grid that lies on it', () => {
    const calibration = calibrationOf(placedPoints({ points: corners, sides: [4, 10] }))!;
    const { step, lines } = gridOf(calibration, fitOf(calibration)!);
    expect(step).toBe(2);
    // The line along the left side of the road goes through both of its corners.
    const isOnSide = ([x, y]: readonly [number, number]) => Math.abs(0.5 * (x - 0.1) + 0.2 * (y - 1)) < 1e-6;
    expect(lines.filter((line) => line.every(isOnSide))).toHaveLength(1);
    // Nothing is drawn of what lies at the horizon or behind.
    expect(lines.flat().every(([x, y]) => Math.abs(x) < 3 && Math.abs(y) < 3)).toBe(true);
  });

  it('is none where the points lie on a line', () => {
    const line = [0, 1, 2, 3].map((at): GroundPoint => ({ picture: [at / 4, at / 4], ground: [at, at * at] }));
    expect(fitOf(calibrationOf(line)!)).toBeUndefined();
  });
});
