import { expect, it } from 'vitest';
import { trackerDefaults } from '../tracking/options.ts';
import { evenScore, ownScore } from './even-score.ts';

it('puts the threshold of the card between following and beginning a track, and keeps the ends', () => {
  const [none, half, threshold, all] = [0, 0.2, 0.4, 1].map((score) => evenScore(score, 0.4));
  expect([none, all]).toEqual([0, 1]);
  expect(half).toBeCloseTo(threshold! / 2, 12);
  expect(threshold).toBeGreaterThan(trackerDefaults.highScore);
  expect(threshold).toBeLessThan(trackerDefaults.birthScore);
});

it('is undone exactly enough', () => {
  for (const threshold of [0.05, 0.4, 0.9])
    for (const score of [0, 0.01, 0.3, 0.5, 0.99, 1])
      expect(ownScore(evenScore(score, threshold), threshold)).toBeCloseTo(score, 12);
});
