import { expect, it } from 'vitest';
import type { Box, TrackedObject } from '../observation.ts';
import { coveredPlaces } from './covered-places.ts';

const thing = (more: Partial<TrackedObject> = {}): TrackedObject => ({
  ...{ track: 1, box: { x: 100, y: 100, width: 50, height: 150 }, score: 0.9, label: 'person' },
  ...{ state: 'seen', rejoined: false, ...more },
});

const rounded = (box: Box) =>
  Object.fromEntries(Object.entries(box).map(([key, value]) => [key, Math.round(value * 1e6) / 1e6]));

it('covers people whole, with a margin, and nothing else', () => {
  const [place, ...others] = coveredPlaces([thing(), thing({ label: 'car' })], 'people');
  expect(others).toEqual([]);
  expect(rounded(place!)).toEqual({ x: 96, y: 88, width: 58, height: 174 });
});

it('covers the upper third of who stands, and the upper half of who does not', () => {
  expect(rounded(coveredPlaces([thing()], 'faces')[0]!)).toMatchObject({ y: 96, height: 58 });
  const sitting = thing({ box: { x: 100, y: 100, width: 100, height: 120 } });
  expect(coveredPlaces([sitting], 'faces')[0]!.height).toBeCloseTo(60 * 1.16, 6);
});

it('covers more of who is only guessed to be there', () => {
  expect(rounded(coveredPlaces([thing({ state: 'carried' })], 'people')[0]!)).toMatchObject({ x: 90, width: 70 });
});
