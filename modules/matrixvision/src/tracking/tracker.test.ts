import { describe, expect, it } from 'vitest';
import type { Box, Detected } from '../observation.ts';
import { personAt, picture, randomNumbers, straight } from '../test-support/walk.ts';
import { createTracker } from './tracker.ts';

const seen = (box: Box, score = 0.9, label = 'person', appearance?: Float32Array): Detected => ({
  ...{ box, score, label },
  ...(appearance && { appearance }),
});
const walker = (from: [number, number], to: [number, number], steps: number) =>
  straight(from, to, steps).map(([x, y]) => personAt(x, y));

/** Runs frames of detections; undefined where no detector ran. */
function track(frames: readonly (readonly Detected[] | undefined)[], stepMs = 40, options = {}) {
  const tracker = createTracker(options);
  return frames.map((detections, index) => tracker.update(index * stepMs, detections, picture));
}
const idsOf = (outputs: ReturnType<typeof track>) => [...new Set(outputs.flat().map(({ track: id }) => id))];

describe('the tracker', () => {
  it('makes a track of the third sighting, and gives back the first two once', () => {
    const outputs = track(walker([0.2, 0.5], [0.3, 0.5], 6).map((box) => [seen(box)]));
    expect(outputs.map((output) => output.length)).toEqual([0, 0, 1, 1, 1, 1]);
    expect(outputs[2]![0]!.earlier).toMatchObject([{ time: 0 }, { time: 40 }]);
    expect(outputs[3]![0]!.earlier).toBeUndefined();
    expect(idsOf(outputs)).toEqual([1]);
  });

  it('makes no track of an error of the detector', () => {
    const outputs = track(
      Array.from({ length: 30 }, (_, index) => (index % 10 === 0 ? [seen(personAt(0.5, 0.5))] : [])),
    );
    expect(outputs.flat()).toEqual([]);
  });

  it('carries tracks between detections along their motion, however the gaps fall', () => {
    const boxes = walker([0.2, 0.5], [0.6, 0.5], 41);
    const outputs = track(
      boxes.map((box, index) => ([0, 1, 2, 3, 5, 9].includes(index % 10) ? [seen(box)] : undefined)),
    );
    expect(idsOf(outputs)).toEqual([1]);
    const late = outputs.slice(10);
    expect(late.every((output) => output.length === 1)).toBe(true);
    late.forEach(([object], index) => {
      const truth = boxes[index + 10]!;
      expect(Math.abs(object!.box.x - truth.x)).toBeLessThan(10);
      expect(object!.state).toBe([0, 1, 2, 3, 5, 9].includes(index % 10) ? 'seen' : 'carried');
    });
  });

  it('joins a track again after it was hidden, and says so from then on', () => {
    const boxes = walker([0.2, 0.5], [0.6, 0.5], 100);
    const outputs = track(boxes.map((box, index) => (index >= 40 && index < 70 ? [] : [seen(box)])));
    expect(idsOf(outputs)).toEqual([1]);
    expect(
      outputs
        .slice(2, 40)
        .flat()
        .every(({ rejoined }) => !rejoined),
    ).toBe(true);
    expect(
      outputs
        .slice(70)
        .flat()
        .every(({ rejoined }) => rejoined),
    ).toBe(true);
    expect(outputs[69]).toEqual([]);
  });

  it('joins what stood still while it was hidden', () => {
    const boxes = [...walker([0.3, 0.5], [0.4, 0.5], 30), ...Array.from({ length: 60 }, () => personAt(0.4, 0.5))];
    const outputs = track(boxes.map((box, index) => (index >= 30 && index < 60 ? [] : [seen(box)])));
    expect(idsOf(outputs)).toEqual([1]);
  });

  it('keeps a track alive by detections of low score, and begins none with them', () => {
    const boxes = walker([0.2, 0.5], [0.6, 0.5], 60);
    expect(idsOf(track(boxes.map((box, index) => [seen(box, index < 10 ? 0.9 : 0.35)])))).toEqual([1]);
    expect(track(boxes.map((box) => [seen(box, 0.35)])).flat()).toEqual([]);
  });

  it('does not swap two people who pass each other', () => {
    const right = walker([0.3, 0.5], [0.7, 0.5], 80);
    const left = walker([0.7, 0.52], [0.3, 0.52], 80);
    for (let hidden = 0; hidden <= 10; hidden += 2) {
      const outputs = track(
        right.map((box, index) => [
          seen(box),
          // The one behind cannot be seen while both overlap.
          ...(Math.abs(index - 39.5) < hidden ? [] : [seen(left[index]!)]),
        ]),
      );
      const [first, last] = [outputs[2]!, outputs.at(-1)!];
      const toRight = first.find(({ box }) => box.x < 500)!.track;
      expect(last.find(({ track: id }) => id === toRight)!.box.x, `${hidden}`).toBeGreaterThan(600);
      expect(last).toHaveLength(2);
      expect(idsOf(outputs)).toHaveLength(2);
    }
  });

  it('knows a thing by its look where motion says nothing', () => {
    const [red, blue] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    const at = (swap: boolean): Detected[] => [
      seen(personAt(swap ? 0.508 : 0.5, 0.5), 0.9, 'person', red),
      seen(personAt(swap ? 0.5 : 0.508, 0.5), 0.9, 'person', blue),
    ];
    const outputs = track(
      [...Array.from({ length: 10 }, () => at(false)), ...Array.from({ length: 10 }, () => at(true))],
      200,
    );
    const idOf = (output: (typeof outputs)[number], side: number) =>
      [...output].sort((a, b) => a.box.x - b.box.x)[side]!.track;
    expect(idOf(outputs[19]!, 1)).toBe(idOf(outputs[9]!, 0));
  });

  it('takes car for truck but not for person, and keeps the label with most votes', () => {
    const box = personAt(0.5, 0.5, 200);
    const labels = ['car', 'car', 'car', 'truck', 'car', 'truck', 'car'];
    expect(track(labels.map((label) => [seen(box, 0.9, label)])).at(-1)).toMatchObject([{ track: 1, label: 'car' }]);
    const outputs = track(
      [...Array(5).fill('car'), ...Array(5).fill('person')].map((label) => [seen(box, 0.9, label)]),
    );
    expect(idsOf(outputs)).toEqual([1, 2]);
  });

  it('ends all tracks when time jumps, and never uses a number twice', () => {
    const tracker = createTracker();
    const box = personAt(0.5, 0.5);
    const times = [0, 40, 80, 60_000, 60_040, 60_080, 1_000, 1_040, 1_080];
    const ids = times.map((time) => tracker.update(time, [seen(box)], picture)[0]?.track);
    expect(ids).toEqual([undefined, undefined, 1, undefined, undefined, 2, undefined, undefined, 3]);
  });

  it('passes over boxes that are none', () => {
    const bad = [Number.NaN, Number.POSITIVE_INFINITY].map((x) => seen({ x, y: 1, width: 10, height: 10 }));
    bad.push(
      seen({ x: 1, y: 1, width: 0, height: 5 }),
      seen({ x: 1, y: 1, width: -3, height: 5 }),
      seen(personAt(0.5, 0.5), Number.NaN),
    );
    expect(track(Array.from({ length: 10 }, () => bad)).flat()).toEqual([]);
  });

  it('gives the same for the same, and forgets what is gone', () => {
    const random = randomNumbers(5);
    const frames = Array.from({ length: 300 }, () =>
      Array.from({ length: Math.floor(random() * 12) }, () =>
        seen(personAt(random(), random(), 60 + random() * 80), random()),
      ),
    );
    expect(JSON.stringify(track(frames))).toBe(JSON.stringify(track(frames)));
  });

  describe('what is detected with low scores only', () => {
    const bottle = (y: number): Detected => seen(personAt(0.5, y), 0.45, 'bottle');
    const stands = Array.from({ length: 40 }, () => [bottle(0.5)]);
    const isTaken = straight([0, 0.5], [0, 0.3], 12).map(([, y]) => [bottle(y)]);

    it('is no track while it stands', () => {
      expect(track(stands).flat()).toEqual([]);
    });

    it('is one once it is taken away, from when it stood', () => {
      const [first] = track([...stands, ...isTaken]).flat();
      expect(first).toMatchObject({ label: 'bottle', rejoined: false });
      expect(first!.earlier![0]).toMatchObject({ time: 0 });
    });

    it('is background if it is still there after something has passed it', () => {
      const passes = straight([0, 0.5], [0, 0.05], 30).map(([, y], index) =>
        index < 2 ? [bottle(y)] : [bottle(y), bottle(0.5)],
      );
      const tracks = track([...stands, ...passes, ...stands]).flat();
      const beginnings = tracks.flatMap(({ earlier }) => (earlier ? [earlier[0]!.time] : []));
      // What passed is one; what it passed is none, and has not lent it its past.
      expect(beginnings).toHaveLength(1);
      expect(beginnings[0]).toBeGreaterThanOrEqual(stands.length * 40);
    });

    it('is not believed of people, of whom the scores say enough', () => {
      const person = [...stands, ...isTaken].map(([one]) => [{ ...one!, label: 'person' }]);
      expect(track(person).flat()).toEqual([]);
    });
  });

  it('loses nothing while the detector does not look', () => {
    const box = personAt(0.5, 0.5);
    const looks = [0, 1, 2, 100, 101];
    const outputs = track(Array.from({ length: 102 }, (_, index) => (looks.includes(index) ? [seen(box)] : undefined)));
    expect(idsOf(outputs)).toEqual([1]);
  });
});
