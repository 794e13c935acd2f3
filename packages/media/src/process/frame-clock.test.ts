import { describe, expect, it } from 'vitest';
import { FrameClock } from './frame-clock.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-29T00:30:00Z');

/** 25 pictures a second; `arrivals` and `stamps` say what is unusual. */
function run(count: number, stampOf: (index: number) => number | undefined, arrivalOf: (index: number) => number) {
  const clock = new FrameClock({ live: true, startTime: 0, frameRate: 25 });
  return Array.from({ length: count }, (_, index) => clock.next(stampOf(index), arrivalOf(index)));
}
const steps = (values: readonly number[]) => values.slice(1).map((value, index) => value - values[index]!);
const times = (frames: readonly { time: number }[]) => frames.map(({ time }) => time);
const usual = (index: number) => start + index * 40;

describe('the clock of a live stream', () => {
  it('goes on one picture later when the timestamps begin again, or jump', () => {
    for (const jump of [-10 * hour, -3_000, 5 * hour]) {
      const frames = run(100, (index) => index * 40 + (index >= 50 ? jump : 0), usual);
      expect(steps(times(frames)).every((step) => step >= 0 && step <= 80)).toBe(true);
      expect(frames.at(-1)!.time).toBeCloseTo(usual(99), -2);
    }
  });

  it('goes on when the timestamps run backwards', () => {
    const frames = run(200, (index) => (index < 50 ? index : 100 - index) * 40, usual);
    expect(steps(times(frames)).every((step) => step >= 0)).toBe(true);
    expect(Math.abs(frames.at(-1)!.time - usual(199))).toBeLessThan(600);
  });

  it('levels small disorder, and guesses what is missing', () => {
    const frames = run(100, (index) => (index % 7 === 3 ? undefined : index * 40 - (index % 5 === 2 ? 90 : 0)), usual);
    expect(steps(times(frames)).every((step) => step >= 0)).toBe(true);
    expect(Math.abs(frames.at(-1)!.time - usual(99))).toBeLessThan(200);
  });

  it('follows a machine whose clock was set, forwards and back', () => {
    for (const set of [hour, -hour, 26 * hour, -26 * hour]) {
      const frames = run(
        200,
        (index) => index * 40,
        (index) => usual(index) + (index >= 100 ? set : 0),
      );
      expect(frames[99]!.time).toBeCloseTo(usual(99), -2);
      // Not standing still until the old time has come again.
      expect(frames[199]!.time - frames[110]!.time).toBeGreaterThan(3_000);
      expect(Math.abs(frames[199]!.time - (usual(199) + set))).toBeLessThan(1_000);
    }
  });

  it('does not fall when the clock was put right by a little', () => {
    const frames = run(
      400,
      (index) => index * 40,
      (index) => usual(index) - (index >= 100 ? 3_000 : 0),
    );
    expect(steps(times(frames)).every((step) => step >= 0)).toBe(true);
  });

  it('follows a camera whose own clock was set back', () => {
    const clock = new FrameClock({ live: true, startTime: 0, frameRate: 25 });
    const frames = Array.from({ length: 200 }, (_, index) =>
      clock.next(index * 40, usual(index), usual(index) + (index < 100 ? 50_000 : 0)),
    );
    expect(frames[99]!.time).toBe(usual(99) + 50_000);
    expect(frames[150]!.time).toBe(usual(150));
  });
});
