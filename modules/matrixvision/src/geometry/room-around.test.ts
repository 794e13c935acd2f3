import { expect, it } from 'vitest';
import { roomAround } from './room-around.ts';

const frame = { width: 640, height: 360 };

it('there is room around a box, in even pixels, and never beyond the picture', () => {
  expect(roomAround({ x: 101, y: 51, width: 40, height: 100 }, frame)).toEqual({
    x: 94,
    y: 36,
    width: 52,
    height: 130,
  });
  for (const box of [
    { x: -10, y: -20, width: 41, height: 97 },
    { x: 611, y: 281, width: 40, height: 100 },
  ]) {
    const { x, y, width, height } = roomAround(box, frame);
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(frame.width);
    expect(y + height).toBeLessThanOrEqual(frame.height);
    expect([width % 2, height % 2]).toEqual([0, 0]);
  }
});
