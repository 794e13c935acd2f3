import { expect, it } from 'vitest';
import { Path } from './path.ts';

const path = new Path([
  { at: 1, x: 0, z: 5 },
  { at: 3, x: 4, z: 5, face: 0, doing: 'work' },
  { at: 6, x: 4, z: 5 },
  { at: 8, x: 4, z: 8 },
]);

it('goes from waypoint to waypoint at even speed, looks where it goes, and rests as it is told', () => {
  expect(path.at(0.9)).toBeUndefined();
  expect(path.at(8.1)).toBeUndefined();
  expect(path.at(2)).toMatchObject({ x: 2, z: 5, gone: 2, doing: 'go' });
  expect(path.at(2)!.speed).toBeCloseTo(2);
  expect(path.at(2)!.heading).toBeCloseTo(Math.PI / 2);
  expect(path.at(4.5)).toMatchObject({ x: 4, z: 5, speed: 0, heading: 0, doing: 'work', since: 1.5 });
  expect(path.at(7)).toMatchObject({ x: 4, z: 6.5, gone: 5.5 });
  expect(path.at(7)!.heading).toBeCloseTo(0);
});
