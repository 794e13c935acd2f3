import { expect, it } from 'vitest';
import { Scene } from '../scene.ts';
import type { SceneDefinition } from '../scene-definition.ts';
import { walkwayStage } from '../stage/walkway.ts';
import { motTruthRows } from './mot-truth.ts';
import { crossed, holds } from './plane.ts';
import { truthOf } from './rules-truth.ts';

/** From left to right in four seconds, and somebody who stands in the middle for the second half. */
const definition: SceneDefinition = {
  ...{ width: 160, height: 90, frameRate: 10, seconds: 4, seed: 7, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 4 },
      path: [
        { at: 0, x: -3, z: 6.5 },
        { at: 4, x: 3, z: 6.5 },
      ],
    },
    {
      ...{ kind: 'person', seed: 5 },
      path: [
        { at: 2.5, x: 0.5, z: 7 },
        { at: 4, x: 0.5, z: 7 },
      ],
    },
    {
      kind: 'parcel',
      path: [
        { at: 0, x: 0.5, z: 7 },
        { at: 4, x: 0.5, z: 7 },
      ],
    },
  ],
};
const scene = new Scene(definition);
const line = [
  [0.5, 0.1],
  [0.5, 1],
] as const;
const zone = [
  [0.5, 0.1],
  [0.7, 0.1],
  [0.7, 1],
  [0.5, 1],
] as const;

it('tells which way and when somebody crosses a line', () => {
  const { down, up, beside } = truthOf(scene, [
    { id: 'down', kind: 'line-crossing', line },
    { id: 'up', kind: 'line-crossing', line: [...line].reverse() },
    {
      ...{ id: 'beside', kind: 'line-crossing' },
      line: [
        [0.5, 0],
        [0.5, 0.3],
      ],
    },
  ]);
  // Seen along a line that goes down, its right is the left of the picture: who goes to the right goes out.
  expect(down!.crossings).toMatchObject([{ id: 1, direction: 'out' }]);
  expect(down!.crossings[0]!.at).toBeCloseTo(2, 1);
  expect([up!.in, up!.out]).toEqual([1, 0]);
  expect(beside!.crossings).toEqual([]);
});

it('tells who is in a zone from when until when, and how many at once', () => {
  const { all, people, long } = truthOf(scene, [
    { id: 'all', kind: 'occupancy', zone },
    { id: 'people', kind: 'occupancy', classes: ['person'], zone },
    { id: 'long', kind: 'zone-entry', classes: ['person'], dwell: 1.3, zone },
  ]);
  expect(all!.mostAtOnce).toBe(3);
  expect(people!.mostAtOnce).toBe(2);
  expect(people!.stays).toMatchObject([{ id: 1 }, { id: 2, from: expect.closeTo(2.5, 1), until: 4 }]);
  expect(people!.stays[0]!.from).toBeCloseTo(2, 1);
  expect(people!.occupancy.map(({ count }) => count)).toEqual([0, 1, 2, 1]);
  expect(people!.entries).toBe(2);
  // The one who walks is out again before the time; the one who stands is not.
  expect(long!.entries).toBe(1);
});

it('writes the truth as MOTChallenge does', () => {
  const { objects } = scene.draw(30);
  const rows = motTruthRows(31, objects).trimEnd().split('\n');
  expect(rows).toHaveLength(3);
  const [frame, id, left, top, width, height, counts, type] = rows[0]!.split(',').map(Number);
  const { box } = objects[0]!;
  expect([frame, id, counts, type]).toEqual([31, 1, 1, 1]);
  expect([left! - 1, top! - 1, width, height].map((value) => Math.round(value!))).toEqual(
    [box.x, box.y, box.width, box.height].map((value) => Math.round(value)),
  );
  expect(rows[2]!.split(',').slice(6, 8)).toEqual(['0', '12']);
});

it('decides on crossings and zones by sides', () => {
  expect(crossed([0.4, 0.5], [0.6, 0.5], line)).toBe(-1);
  expect(crossed([0.6, 0.5], [0.4, 0.5], line)).toBe(1);
  expect(crossed([0.4, 0.05], [0.6, 0.05], line)).toBe(0);
  expect(crossed([0.4, 0.5], [0.45, 0.5], line)).toBe(0);
  expect(holds(zone, [0.6, 0.5])).toBe(true);
  expect(holds(zone, [0.4, 0.5])).toBe(false);
  expect(holds(undefined, [0.4, 0.5])).toBe(true);
  expect(holds(undefined, [1.4, 0.5])).toBe(false);
});
