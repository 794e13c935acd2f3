import { describe, expect, it } from 'vitest';
import { groundFit } from './ground-fit.ts';

const pair = (x: number, y: number, X: number, Y: number) => ({ picture: { x, y }, ground: { x: X, y: Y } });
/** A road of 4 m, 10 m long, half as wide in the picture at its far end. */
const road = [pair(0.1, 1, 0, 0), pair(0.9, 1, 4, 0), pair(0.7, 0.5, 4, 10), pair(0.3, 0.5, 0, 10)];

describe('how well a calibration fits', () => {
  it('goes to the ground and back', () => {
    const { toGround, toPicture, errors, error } = groundFit(road)!;
    for (const at of [
      { x: 0.5, y: 0.8 },
      { x: 0.2, y: 0.6 },
    ]) {
      const back = toPicture(toGround(at)!)!;
      expect(back.x).toBeCloseTo(at.x, 8);
      expect(back.y).toBeCloseTo(at.y, 8);
    }
    // Behind the camera there is no picture of the ground.
    expect(toPicture({ x: 2, y: -1_000 })).toBeUndefined();
    expect(Math.max(...errors)).toBeLessThan(1e-6);
    // Four points fit always, which says nothing.
    expect(error).toBeNull();
  });

  it('says by how many metres a fifth point is off, and most at that point', () => {
    const [fifth, wrong] = [pair(0.5, 2 / 3, 2, 5), pair(0.5, 2 / 3, 2, 6)];
    expect(groundFit([...road, fifth])!.error).toBeCloseTo(0, 6);
    const { error, errors } = groundFit([...road, wrong])!;
    expect(error).toBeGreaterThan(0.1);
    expect(error).toBeLessThan(1);
    expect(errors.every(Number.isFinite)).toBe(true);
  });

  it('is none without a plane', () => {
    expect(groundFit(road.slice(0, 3))).toBeUndefined();
    expect(groundFit([0, 1, 2, 3].map((at) => pair(at / 4, at / 4, at, at)))).toBeUndefined();
  });
});
