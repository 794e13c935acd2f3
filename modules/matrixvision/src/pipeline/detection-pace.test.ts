import { describe, expect, it } from 'vitest';
import { DetectionPace } from './detection-pace.ts';

const size = { width: 640, height: 360 };

describe('the pace', () => {
  const still = { width: 96, height: 54, mask: new Uint8Array(96 * 54), share: 0 };
  const looksIn = (followed: { isNear: boolean }[], unconfirmed: number, took = 0) => {
    const pace = new DetectionPace({ leastMs: 200, unconfirmedMs: 200, rest: 2 });
    const box = { x: 90, y: 100, width: 20, height: 60 };
    const things = followed.map((thing) => ({ box, speed: 1, ...thing }));
    const looks: number[] = [];
    // Ten pictures a second out of 25: 80 and 120 ms apart in turn.
    for (let frame = 0, time = 0; time < 2_000; time += frame++ % 2 ? 120 : 80) {
      if (!pace.isDue(time, still, things, size, unconfirmed)) continue;
      looks.push(time);
      pace.detected(time, still, [], size, took);
    }
    return looks.length;
  };

  it('looks as often as it may where a thing is near a line, or is to be confirmed; else now and then', () => {
    expect([looksIn([{ isNear: true }], 0), looksIn([], 1)]).toEqual([10, 10]);
    expect([looksIn([{ isNear: false }], 0), looksIn([], 0)]).toEqual([4, 1]);
  });

  it('looks less often where a look takes long, so that nobody waits the longer the more cameras there are', () => {
    expect(looksIn([{ isNear: true }], 0, 30)).toBe(10);
    expect(looksIn([{ isNear: true }], 0, 150)).toBeLessThan(10);
    expect(looksIn([{ isNear: true }], 0, 60_000)).toBe(4);
  });
});
