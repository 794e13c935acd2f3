import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFile } from '../network-file.ts';
import type { Reader } from '../reader.ts';
import { drawn, drawnDrum } from '../test/drawn.ts';
import { openDigitReader } from './open-digit-reader.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await openDigitReader(await networkFile('digits'), { count: 1, leastConfidence: 0.5 });
});
afterAll(() => reader.close());

describe('a digit of a counter', () => {
  it('is read', async () => {
    const values = [];
    for (let digit = 0; digit < 10; digit++) values.push((await reader.read(await drawn(drawnDrum(digit, 0)))).value);
    expect(values).toEqual([...'0123456789']);
  });

  it('is read beside others', async () => {
    const drums = [4, 0, 7].map((digit, at) => `<g transform="translate(${at * 48})">${drawnDrum(digit, 0)}</g>`);
    const counter = await drawn(
      `<svg xmlns="http://www.w3.org/2000/svg" width="144" height="80">${drums.join('')}</svg>`,
    );
    const several = await openDigitReader(await networkFile('digits'), { count: 3, leastConfidence: 0.5 });
    expect((await several.read(counter)).value).toBe('407');
    await several.close();
  });

  it('is NaN between two', async () => {
    for (const digit of [1, 4, 8]) expect((await reader.read(await drawn(drawnDrum(digit, 0.5)))).value).toBe('NaN');
  });

  it('of one pixel is no digit', async () => {
    const { value } = await reader.read({ width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(500) });
    expect([null, 'NaN']).toContain(value);
  });
});
