import { describe, expect, it } from 'vitest';
import type { Box } from '../observation.ts';
import { StillRegions } from './still-regions.ts';

const size = { width: 960, height: 540 };
const small = { width: 240, height: 135 };

/** A floor with a pattern, some noise, and dark boxes on it; places in pixels of the small picture. */
function picture(boxes: readonly Box[], noise: number, light = 0) {
  const data = new Uint8Array(small.width * small.height);
  let state = noise + 1;
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const tremble = (state >> 16) % 5;
      data[y * small.width + x] = 110 + light + (((x >> 4) + (y >> 4)) % 2) * 10 + tremble;
    }
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y++)
      data.fill(40, y * small.width + box.x, y * small.width + box.x + box.width);
  return { ...small, data };
}
const parcel: Box = { x: 100, y: 80, width: 12, height: 10 };
const inSource = ({ x, y, width, height }: Box): Box => ({ x: x * 4, y: y * 4, width: width * 4, height: height * 4 });

/** Half a second a step; returns what was found at the last one. */
function watch(
  regions: StillRegions,
  from: number,
  steps: number,
  boxes: (step: number) => readonly Box[],
  followed: readonly Box[] = [],
  light = 0,
) {
  let found: ReturnType<StillRegions['look']> = [];
  for (let step = 0; step < steps; step++)
    found = regions.look(picture(boxes(step), from + step, light), (from + step) * 500, followed, size);
  return found;
}

describe('what is put down and left', () => {
  it('is found where it is, with the time since when it stands', () => {
    const regions = new StillRegions();
    expect(watch(regions, 0, 20, () => [])).toEqual([]);
    const [found, ...others] = watch(regions, 20, 30, () => [parcel]);
    expect(others).toEqual([]);
    expect(found!.kind).toBe('left');
    const box = inSource(parcel);
    expect(Math.abs(found!.box.x - box.x)).toBeLessThanOrEqual(4);
    expect(Math.abs(found!.box.width - box.width)).toBeLessThanOrEqual(8);
    // The first second is what the short background takes to believe it.
    expect(found!.since).toBeGreaterThanOrEqual(10_000);
    expect(found!.since).toBeLessThanOrEqual(13_500);
    expect(found!.score).toBeGreaterThan(0.5);
  });

  it('is not what passes, nor what is followed, nor the light', () => {
    const regions = new StillRegions();
    watch(regions, 0, 20, () => []);
    expect(watch(regions, 20, 20, (step) => [{ ...parcel, x: 10 + step * 8 }])).toEqual([]);
    expect(watch(regions, 40, 30, () => [parcel], [inSource(parcel)])).toEqual([]);
    expect(watch(regions, 70, 30, () => [], [], 60)).toEqual([]);
  });

  it('is told once who stands beside it has gone, and not his feet and shadow', () => {
    const regions = new StillRegions();
    watch(regions, 0, 20, () => []);
    const person = { x: 95, y: 30, width: 24, height: 50 };
    const shadow = { x: 100, y: 80, width: 14, height: 4 };
    expect(watch(regions, 20, 30, () => [person, shadow], [inSource(person)])).toEqual([]);
    const bag = { x: 96, y: 78, width: 8, height: 6 };
    expect(watch(regions, 50, 30, () => [person, bag], [inSource(person)])).toEqual([]);
    expect(watch(regions, 80, 30, () => [bag])).toMatchObject([{ kind: 'left' }]);
  });

  it('is found once nobody stands before it any more', () => {
    const regions = new StillRegions();
    watch(regions, 0, 20, () => []);
    const person = { x: 95, y: 50, width: 24, height: 50 };
    watch(regions, 20, 10, () => [person], [inSource(person)]);
    expect(watch(regions, 30, 30, () => [parcel])).toMatchObject([{ kind: 'left' }]);
  });
});

it('what stood there and is gone is told as taken', () => {
  const regions = new StillRegions();
  watch(regions, 0, 20, () => [parcel]);
  expect(watch(regions, 20, 40, () => [])).toMatchObject([{ kind: 'taken' }]);
});

it('what stays for ten minutes belongs to the scene, and its going is told', () => {
  const regions = new StillRegions();
  watch(regions, 0, 20, () => []);
  watch(regions, 20, 1_300, () => [parcel]);
  expect(watch(regions, 1_320, 10, () => [parcel])).toEqual([]);
  expect(watch(regions, 1_330, 40, () => [])).toMatchObject([{ kind: 'taken' }]);
});
