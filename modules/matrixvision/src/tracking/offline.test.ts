import { describe, expect, it } from 'vitest';
import { personAt, picture, randomNumbers, straight } from '../test-support/walk.ts';
import { boxNoise } from './box-filter.ts';
import { type DetectionFrame, trackOffline } from './offline.ts';
import { usualNoise } from './recorded-noise.ts';
import { smoothed } from './smoother.ts';

const framesOf = (
  count: number,
  boxes: (index: number) => (ReturnType<typeof personAt> | undefined)[],
): DetectionFrame[] =>
  Array.from({ length: count }, (_, index) => ({
    time: index * 40,
    detections: boxes(index).flatMap((box) => (box ? [{ box, score: 0.9, label: 'person' }] : [])),
  }));

describe('tracks of a whole recording', () => {
  it('have their first boxes, and gaps filled along the motion', () => {
    const path = straight([0.2, 0.5], [0.6, 0.5], 101).map(([x, y]) => personAt(x, y));
    const tracks = trackOffline(
      framesOf(101, (index) => [index >= 50 && index < 70 ? undefined : path[index]]),
      picture,
    );
    expect(tracks).toHaveLength(1);
    const [{ boxes, label }] = tracks as [(typeof tracks)[0]];
    expect(label).toBe('person');
    expect(boxes.map(({ index }) => index)).toEqual(Array.from({ length: 101 }, (_, index) => index));
    expect(boxes.filter(({ seen }) => !seen).map(({ index }) => index)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 50),
    );
    for (const { index, box } of boxes) expect(Math.abs(box.x - path[index]!.x)).toBeLessThan(1);
  });

  it('are joined over the time hidden by the pair that fits better as a whole', () => {
    // Both go behind a wall of 0.1 between 0.45 and 0.55, side by side at heights of 0.5 and 0.53, towards each other.
    const right = straight([0.3, 0.5], [0.7, 0.5], 101);
    const left = straight([0.7, 0.53], [0.3, 0.53], 101);
    const hidden = ([x]: [number, number]) => Math.abs(x - 0.5) < 0.05;
    const tracks = trackOffline(
      framesOf(101, (index) =>
        [right[index]!, left[index]!].map((place) => (hidden(place) ? undefined : personAt(...place))),
      ),
      picture,
    );
    expect(tracks).toHaveLength(2);
    for (const { boxes } of tracks) {
      expect(boxes).toHaveLength(101);
      const [first, last] = [boxes[0]!.box, boxes.at(-1)!.box];
      expect(Math.abs(first.x - last.x)).toBeGreaterThan(350);
      expect(Math.abs(first.y - last.y)).toBeLessThan(5);
    }
  });

  it('are not joined where the one that appears cannot be the one that was lost', () => {
    const tracks = trackOffline(
      framesOf(60, (index) => [index < 20 ? personAt(0.2, 0.5) : index >= 40 ? personAt(0.6, 0.5) : undefined]),
      picture,
    );
    expect(tracks).toHaveLength(2);
  });

  it('go on to the end of a recording that ends between two looks, and not where a look found nothing', () => {
    const box = personAt(0.5, 0.5);
    const detections = [{ box, score: 0.9, label: 'person' }];
    const frames = Array.from({ length: 30 }, (_, index) => ({
      ...{ time: index * 100, detections: index % 4 === 0 ? detections : undefined },
    }));
    const [open] = trackOffline(frames, picture);
    expect(open!.boxes.at(-1)).toMatchObject({ index: 29, seen: false });
    const empty = frames.map((frame, index) => (index === 28 ? { ...frame, detections: [] } : frame));
    const [ended] = trackOffline(empty, picture);
    expect(ended!.boxes.at(-1)).toMatchObject({ index: 24, seen: true });
  });

  it('give the same for the same', () => {
    const random = randomNumbers(9);
    const frames = framesOf(120, () =>
      Array.from({ length: 6 }, () => (random() < 0.8 ? personAt(random(), random()) : undefined)),
    );
    expect(trackOffline(frames, picture)).toEqual(trackOffline(frames, picture));
  });
});

describe('the smoother', () => {
  it('comes nearer to a straight walk than the detections, and passes through a lone box', () => {
    const random = randomNumbers(4);
    const truth = straight([0.2, 0.5], [0.6, 0.5], 60).map(([x, y]) => personAt(x, y));
    const noisy = truth.map((box, index) => ({
      ...{ time: index * 40, score: 1, camera: { x: 0, y: 0 } },
      box: { ...box, x: box.x + (random() - 0.5) * 20, height: box.height + (random() - 0.5) * 20 },
    }));
    const boxes = smoothed(
      noisy,
      noisy.map(({ time }) => time),
      usualNoise(boxNoise),
    );
    const error = (of: (index: number) => number) =>
      truth.reduce((sum, { x }, index) => sum + (of(index) - x) ** 2, 0) / truth.length;
    expect(error((index) => boxes[index]!.x)).toBeLessThan(error((index) => noisy[index]!.box.x) / 3);
    const [alone] = smoothed(
      [{ time: 0, score: 1, box: truth[0]!, camera: { x: 0, y: 0 } }],
      [0],
      usualNoise(boxNoise),
    );
    expect(alone!.x).toBeCloseTo(truth[0]!.x);
    expect(alone!.height).toBeCloseTo(truth[0]!.height);
  });
});
