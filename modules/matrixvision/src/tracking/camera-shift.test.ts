import { describe, expect, it } from 'vitest';
import type { Box } from '../observation.ts';
import { personAt, randomNumbers } from '../test-support/walk.ts';
import { CameraMotion, cameraShift } from './camera-shift.ts';
import { createTracker } from './tracker.ts';

const people = [0.2, 0.35, 0.5, 0.65, 0.8].map((x) => personAt(x, 0.5));
const seen = (boxes: readonly Box[]) => boxes.map((box) => ({ box, score: 0.9, label: 'person' }));
const shifted = (boxes: readonly Box[], x: number, y: number) =>
  boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y }));

describe('the shift of a camera', () => {
  it('is that which all things share, also where some are hidden or new', () => {
    expect(cameraShift(people, seen(shifted(people, 40, -25)))).toEqual({ x: 40, y: -25 });
    const some = shifted(people, 40, -25).filter((_, index) => index !== 2);
    expect(cameraShift(people, seen([...some, personAt(0.9, 0.9)]))).toEqual({ x: 40, y: -25 });
  });

  it('is none where boxes only tremble, or one thing walks, and cannot be told from two', () => {
    const random = randomNumbers(1);
    const trembling = people.map((box) => shifted([box], (random() - 0.5) * 8, (random() - 0.5) * 8)[0]!);
    expect(cameraShift(people, seen(trembling))).toEqual({ x: 0, y: 0 });
    expect(cameraShift(people, seen([...people.slice(1), ...shifted(people.slice(0, 1), 30, 0)]))).toEqual({
      x: 0,
      y: 0,
    });
    expect(cameraShift(people.slice(0, 2), seen(people))).toBeUndefined();
  });

  it('is believed only where it goes on', () => {
    const motion = new CameraMotion();
    const looks = Array.from({ length: 8 }, () => motion.look(people, seen(shifted(people, 40, 0))).x);
    expect(looks).toEqual([0, 0, 0, 40, 40, 40, 40, 40]);
    const still = new CameraMotion();
    for (let look = 0; look < 200; look++) {
      const shift = still.look(people, seen(look % 20 === 0 ? shifted(people, 40, 0) : people));
      expect(shift).toEqual({ x: 0, y: 0 });
    }
  });

  it('does not tear the tracks of a camera that shakes', () => {
    const random = randomNumbers(6);
    const frames = Array.from({ length: 100 }, () => shifted(people, (random() - 0.5) * 70, (random() - 0.5) * 70));
    const idsOf = (followCamera: boolean) => {
      const tracker = createTracker({ followCamera });
      const size = { width: 1000, height: 1000 };
      const outputs = frames.map((boxes, index) => tracker.update(index * 100, seen(boxes), size));
      for (const [index, output] of outputs.entries())
        if (followCamera && index > 20)
          for (const { box } of output)
            expect(Math.min(...frames[index]!.map(({ x }) => Math.abs(x - box.x)))).toBeLessThan(12);
      return new Set(
        outputs
          .slice(20)
          .flat()
          .map(({ track }) => track),
      ).size;
    };
    expect(idsOf(true)).toBe(5);
    expect(idsOf(false)).toBeGreaterThan(5);
  });
});
