import { describe, expect, it } from 'vitest';
import { drawnNoise } from '../test/drawn-plant.ts';
import { changePoints } from './change-points.ts';

describe('change points', () => {
  it('are found where the mean changes, and only there', () => {
    const noise = drawnNoise(4);
    const means = [0, 3, 3, 1];
    const values = Float64Array.from({ length: 800 }, (_, row) => means[Math.floor(row / 200)]! + noise());
    values[50] = Number.NaN;
    const found = changePoints(values);
    expect(found).toHaveLength(2);
    expect(Math.abs(found[0]! - 200)).toBeLessThanOrEqual(3);
    expect(Math.abs(found[1]! - 600)).toBeLessThanOrEqual(3);
    expect(changePoints(Float64Array.from({ length: 800 }, noise))).toEqual([]);
  });

  it('are none in what says nothing', () => {
    expect(changePoints(new Float64Array(0))).toEqual([]);
    expect(changePoints(new Float64Array(100).fill(5))).toEqual([]);
    expect(changePoints(new Float64Array(100).fill(Number.NaN))).toEqual([]);
    expect(changePoints(Float64Array.of(1, 2, 3))).toEqual([]);
  });
});
