import { expect, it } from 'vitest';
import {
  changeFeature,
  newFeature,
  type PlanFeature,
  regionIn,
  shapeOf,
  withoutFeature,
  withShape,
} from './measuring-plan.ts';

const wide = { x: 10, y: 20, width: 100, height: 30 };

it('searches along the longer side of what was drawn, and across it for a line', () => {
  expect(regionIn('caliper', wide)).toEqual({ x: 60, y: 35, angle: 0, length: 100, width: 30 });
  expect(regionIn('line', wide)).toEqual({ x: 60, y: 35, angle: 90, length: 30, width: 100 });
  expect(regionIn('circle', wide)).toEqual({ x: 60, y: 35, inner: 12.5, outer: 50 });
});

it('joins the last two that were drawn, and lets what is made of a feature follow it', () => {
  const none: readonly PlanFeature[] = [];
  expect(newFeature(none, 'distance')).toBeUndefined();
  const one = newFeature(none, 'circle', wide)!;
  const two = newFeature([one], 'circle', wide)!;
  const distance = newFeature([one, two], 'distance')!;
  expect(distance).toEqual({ name: 'distance 1', tool: 'distance', of: ['circle 1', 'circle 2'] });
  const all = [one, two, distance];
  expect(changeFeature(all, 'circle 2', { ...two, name: 'bore' })[2]!.of).toEqual(['circle 1', 'bore']);
  expect(withoutFeature(all, 'circle 1')).toEqual([two]);
});

it('takes a region as a shape and back, and keeps what the shape does not say', () => {
  const arc = { name: 'rim', tool: 'circle', region: { x: 60, y: 35, inner: 12.5, outer: 50, from: 10, to: 200 } };
  for (const feature of [arc, newFeature([], 'caliper', wide)!, newFeature([], 'area', wide)!])
    expect(withShape(feature, shapeOf(feature)!)).toMatchObject(feature);
  const moved = withShape(arc, { ...shapeOf(arc)!, x: 70.04 });
  expect(moved.region).toEqual({ ...arc.region, x: 70 });
});
