import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFile } from '../network-file.ts';
import type { Reader } from '../reader.ts';
import { drawn, drawnDrum } from '../test/drawn.ts';
import { openDigitReader } from './open-digit-reader.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await openDigitReader(await networkFile('digits'), { leastConfidence: 0.5 });
});
afterAll(() => reader.close());

describe('a digit of a counter', () => {
  it('is read', async () => {
    const values = [];
    for (let digit = 0; digit < 10; digit++) values.push((await reader.read(await drawn(drawnDrum(digit, 0)))).value);
    expect(values).toEqual([...'0123456789']);
  });

  it('is NaN between two', async () => {
    for (const digit of [1, 4, 8]) expect((await reader.read(await drawn(drawnDrum(digit, 0.5)))).value).toBe('NaN');
  });

  it('of one pixel is no digit', async () => {
    const { value } = await reader.read({ width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(500) });
    expect([null, 'NaN']).toContain(value);
  });
});
