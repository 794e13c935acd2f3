import { describe, expect, it } from 'vitest';
import { demosaic } from './demosaic.ts';
import { thumbnail } from './thumbnail.ts';

describe('a mosaic of a sensor', () => {
  it('becomes colours, its own samples kept', () => {
    // A red thing under rggb: red samples 200, green 40, blue 10.
    const [r, g, b] = [200, 40, 10];
    const data = Uint8Array.of(r, g, r, g, g, b, g, b, r, g, r, g, g, b, g, b);
    const { data: coloured } = demosaic({ width: 4, height: 4, channels: 1, depth: 8, data }, 'rggb');
    for (let pixel = 0; pixel < 16; pixel++)
      expect([...coloured.subarray(pixel * 3, pixel * 3 + 3)]).toEqual([r, g, b]);
  });

  it('takes each pattern by its own corner', () => {
    const mosaic = { width: 2, height: 2, channels: 1, depth: 8, data: Uint8Array.of(1, 2, 3, 4) } as const;
    expect([...demosaic(mosaic, 'bggr').data.subarray(0, 3)]).toEqual([4, 3, 1]);
    expect([...demosaic(mosaic, 'grbg').data.subarray(0, 3)]).toEqual([2, 1 + 0, 3]);
  });
});

describe('a thumbnail', () => {
  it('is the mean of each cell, of pictures large and small', () => {
    const data = Uint8Array.of(0, 255, 0, 255, 255, 255, 0, 0);
    expect([...thumbnail({ width: 4, height: 2, channels: 1, depth: 8, data }, 2)]).toEqual([0.5, 0.5, 1, 0]);
    expect([...thumbnail({ width: 1, height: 1, channels: 1, depth: 8, data: Uint8Array.of(51) }, 2)]).toEqual(
      Array(4).fill(Math.fround(0.2)),
    );
  });
});
