import { expect, it } from 'vitest';
import { partsNeeded } from './parts-needed.ts';

it('asks for as many good parts as Clopper and Pearson need', () => {
  expect(partsNeeded(10)).toBe(368);
  expect(partsNeeded(1)).toBe(3688);
  // One fewer would leave the upper end of the interval above what was asked.
  expect(1 - 0.025 ** (1 / 367)).toBeGreaterThan(0.01);
  expect(1 - 0.025 ** (1 / 368)).toBeLessThanOrEqual(0.01);
});
