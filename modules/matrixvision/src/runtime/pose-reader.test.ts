import type { PoseEstimator } from '@millwright/inference';
import { expect, it } from 'vitest';
import type { TrackedObject } from '../observation.ts';
import { type PoseFrame, PoseReader } from './pose-reader.ts';

/** One keypoint, in the middle of what it is shown. */
function estimator(): PoseEstimator & { asked: number } {
  const pose = {
    asked: 0,
    input: { width: 192, height: 192, format: 'rgb24', fit: 'letterbox' },
    regionFor: (box: object) => box,
    async estimate(people: readonly { offsetX: number; offsetY: number; width: number; height: number }[]) {
      pose.asked += people.length;
      return people.map(({ offsetX, offsetY, width, height }) => [
        { x: offsetX + width / 2, y: offsetY + height / 2, score: 0.9 },
      ]);
    },
  };
  return pose as unknown as PoseEstimator & { asked: number };
}
const frame = (time: number): PoseFrame => ({
  ...{ time, width: 640, height: 480 },
  views: async (specs) =>
    specs.map(({ region }) => ({
      ...{ width: region.width, height: region.height, format: 'rgb24' as const, data: new Uint8Array() },
      ...{ scaleX: 1, scaleY: 1, offsetX: region.x, offsetY: region.y },
    })),
});
const person = (track: number, x: number, more: Partial<TrackedObject> = {}): TrackedObject => ({
  ...{ track, box: { x, y: 100, width: 40, height: 100 }, score: 0.9, label: 'person' },
  ...{ state: 'seen', rejoined: false, ...more },
});

it('looks at each person now and then, and lets the pose go with the box in between', async () => {
  const pose = estimator();
  const reader = new PoseReader(pose);
  expect((await reader.read(frame(0), [person(1, 100)]))[0]!.keypoints).toEqual([{ x: 120, y: 150, score: 0.9 }]);
  const [moved] = await reader.read(frame(100), [person(1, 130)]);
  expect(moved!.keypoints).toEqual([{ x: 150, y: 150, score: 0.9 }]);
  expect(pose.asked).toBe(1);
  await reader.read(frame(600), [person(1, 130)]);
  expect(pose.asked).toBe(2);
});

it('looks at those first who were not looked at for longest, and only at people that were seen', async () => {
  const pose = estimator();
  const reader = new PoseReader(pose);
  const crowd = [1, 2, 3, 4, 5, 6].map((track) => person(track, track * 60));
  const known = (objects: readonly TrackedObject[]) =>
    objects.flatMap(({ track, keypoints }) => (keypoints ? track : []));
  expect(known(await reader.read(frame(0), crowd))).toEqual([1, 2, 3, 4]);
  expect(known(await reader.read(frame(50), crowd))).toEqual([1, 2, 3, 4, 5, 6]);
  const others = [person(7, 0, { label: 'car' }), person(8, 0, { state: 'carried' })];
  expect(known(await reader.read(frame(100), others))).toEqual([]);
  expect(pose.asked).toBe(6);
});
