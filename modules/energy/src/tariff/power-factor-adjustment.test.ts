import { describe, expect, it } from 'vitest';
import { powerFactorAdjustment } from './power-factor-adjustment.ts';

describe('powerFactorAdjustment', () => {
  it.each([
    [1.0, -0.75],
    [0.95, -0.75],
    [0.94, -0.6],
    [0.91, -0.15],
    [0.9, 0],
    [0.89, 0.5],
    [0.8, 5],
    [0.7, 10],
    [0.69, 11],
    [0.65, 15],
    [0.64, 17],
    [0.6, 25],
  ])('should adjust %d by %d %% at the standard 0.90', (factor, percent) => {
    expect(powerFactorAdjustment(factor, '0.90')).toBe(percent);
  });

  it.each([
    [1.0, -1.1],
    [0.94, -1.1],
    [0.91, -0.65],
    [0.9, -0.5],
    [0.85, 0],
    [0.84, 0.5],
    [0.65, 10],
    [0.6, 15],
    [0.59, 17],
  ])('should adjust %d by %d %% at the standard 0.85', (factor, percent) => {
    expect(powerFactorAdjustment(factor, '0.85')).toBe(percent);
  });

  it.each([
    [1.0, -1.3],
    [0.92, -1.3],
    [0.91, -1.15],
    [0.9, -1],
    [0.8, 0],
    [0.79, 0.5],
    [0.6, 10],
    [0.55, 15],
    [0.54, 17],
  ])('should adjust %d by %d %% at the standard 0.80', (factor, percent) => {
    expect(powerFactorAdjustment(factor, '0.80')).toBe(percent);
  });

  it('should round the power factor to two places, halves up', () => {
    expect(powerFactorAdjustment(0.895, '0.90')).toBe(0);
    expect(powerFactorAdjustment(0.8949, '0.90')).toBe(0.5);
  });
});
