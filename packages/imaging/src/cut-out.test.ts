import { expect, it } from 'vitest';
import { cutPicture, cutPlane } from './cut-out.ts';

const region = { x: 1, y: 1, width: 2, height: 2 };

it('cuts a region out of a plane and of a picture, of any depth and colour', () => {
  const numbers = Array.from({ length: 12 }, (_, at) => at);
  const plane = cutPlane({ width: 4, height: 3, data: Float32Array.from(numbers) }, region);
  expect(plane).toEqual({ width: 2, height: 2, data: Float32Array.of(5, 6, 9, 10) });
  const deep = { width: 4, height: 3, channels: 1, depth: 16, data: Uint16Array.from(numbers) } as const;
  expect(cutPicture(deep, region)).toEqual({ ...deep, width: 2, height: 2, data: Uint16Array.of(5, 6, 9, 10) });
  const colours = Uint8Array.from({ length: 36 }, (_, at) => at);
  const { data } = cutPicture({ width: 4, height: 3, channels: 3, depth: 8, data: colours }, region);
  expect([...data]).toEqual([15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32]);
});
