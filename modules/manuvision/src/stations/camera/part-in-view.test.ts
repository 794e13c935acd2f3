import { seededRandom } from '@millwright/imaging';
import { expect, it } from 'vitest';
import { PartInView } from './part-in-view.ts';

const [width, height] = [96, 72];
const random = seededRandom(7);

/** A bright part of 20 x 20 whose left edge is at `x`, on a grey ground with noise of the sensor. */
function look(x: number | null, time: number, ground = 90) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    const inPart = x !== null && column >= x && column < x + 20 && row >= 26 && row < 46;
    return (inPart ? 200 : ground) + Math.round((random() - 0.5) * 10);
  });
  return { data, time };
}

/** What is taken of frames 40 ms apart. */
function taken(view: PartInView, frames: readonly (readonly [x: number | null, count: number, ground?: number])[]) {
  const times: number[] = [];
  let time = 0;
  for (const [x, count, ground] of frames)
    for (let n = 0; n < count; n++, time += 40) if (view.take(look(x, time, ground))) times.push(time);
  return times;
}
const moving = (from: number, to: number, step: number) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, n) => [from + n * step, 1] as const);

it('takes one picture of each part, once it lies still, however slowly it came', () => {
  // Nothing for 2 s, a part comes within 1 s, lies 2 s, and the next takes its place.
  const parts = [...moving(-20, 38, 2.4), [38, 50], ...moving(38, 96, 2.4), ...moving(-20, 38, 0.6), [38, 50]] as const;
  const times = taken(new PartInView(), [[null, 50], ...parts]);
  expect(times).toHaveLength(2);
  // The first rests from 3 s on: compared over 200 ms, still for 400 ms.
  expect(times[0]! - 3000).toBeGreaterThanOrEqual(400);
  expect(times[0]! - 3000).toBeLessThan(800);
});

it('takes nothing while nothing moves, nor while it does not stop, nor for the light', () => {
  expect(taken(new PartInView(), [[38, 250]])).toEqual([]);
  expect(taken(new PartInView(), [[null, 10], ...moving(-20, 96, 1), ...moving(-20, 96, 1)])).toEqual([]);
  // The light fades by a third within ten seconds.
  const fading = Array.from({ length: 250 }, (_, n) => [38, 1, 90 - n / 8] as const);
  expect(taken(new PartInView(), fading)).toEqual([]);
});

it('forgets what it saw when the camera was away, sends another size, or the clock is set back', () => {
  const view = new PartInView();
  taken(view, [[null, 50], ...moving(-20, 38, 2.4)]);
  view.forget();
  expect(taken(view, [[38, 50]])).toEqual([]);
  expect(view.take({ data: new Uint8Array(48), time: 10_000 })).toBe(false);
  expect(view.take(look(38, 0))).toBe(false);
});
