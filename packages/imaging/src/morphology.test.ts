import { expect, it } from 'vitest';
import { close, dilate, erode } from './morphology.ts';
import { otsuLevel } from './otsu.ts';

const rows = (...lines: string[]) => Uint8Array.from(lines.join(''), (sign) => (sign === '#' ? 1 : 0));
const draw = (bytes: Uint8Array, width: number) =>
  Array.from({ length: bytes.length / width }, (_, y) =>
    Array.from(bytes.subarray(y * width, y * width + width), (value) => (value ? '#' : '.')).join(''),
  );

it('shrinks, grows and closes masks, and counts nothing beyond the edge', () => {
  const bar = rows('##..#', '##..#', '##..#');
  expect(draw(erode(bar, 5, 3, 1), 5)).toEqual(['#....', '#....', '#....']);
  expect(draw(dilate(rows('#....', '.....', '.....'), 5, 3, 1), 5)).toEqual(['##...', '##...', '.....']);
  expect(draw(close(bar, 5, 3, 1), 5)).toEqual(['#####', '#####', '#####']);
});

it('finds least and greatest values of greys within two pixels', () => {
  const greys = Uint8Array.from([9, 200, 30, 40, 50, 60, 7]);
  expect([...erode(greys, 7, 1, 2)]).toEqual([9, 9, 9, 30, 7, 7, 7]);
  expect([...dilate(greys, 7, 1, 2)]).toEqual([200, 200, 200, 200, 60, 60, 60]);
});

it('parts dark from bright', () => {
  expect(otsuLevel([0, 0, 0, 255, 255])).toBe(127);
  const level = otsuLevel([20, 22, 25, 30, 180, 190, 200, 210]);
  expect(level).toBeGreaterThanOrEqual(30);
  expect(level).toBeLessThan(180);
});
