import { describe, expect, it } from 'vitest';
import { damagedCode } from './damage/damaged-code.ts';
import { sampleFormats } from './damage/sample-codes.ts';
import { readCodes } from './read-codes.ts';

describe('readCodes', () => {
  it.each(sampleFormats)('reads a clean %s at the first look, and says where it is', async (format) => {
    const { value, picture } = await damagedCode({ seed: 7, index: 0, format, damage: 'rotation', strength: 1 });
    const { codes, refused, attempts } = await readCodes(picture);
    expect(codes).toMatchObject([{ value, format, steps: ['plain'] }]);
    expect({ refused, attempts }).toEqual({ refused: null, attempts: 1 });
    const [{ corners, confidence }] = codes as [(typeof codes)[0]];
    expect(confidence).toBeGreaterThan(0.9);
    expect(corners).toHaveLength(4);
    for (const [x, y] of corners) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(picture.width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(picture.height);
    }
  });

  it('refuses with a reason what holds no code, and what is not expected', async () => {
    const nothing = { width: 60, height: 40, channels: 1, depth: 8, data: new Uint8Array(2400) } as const;
    expect(await readCodes(nothing, { budgetMs: 200 })).toMatchObject({
      codes: [],
      refused: expect.stringContaining('no code was found'),
    });
    const { value, picture } = await damagedCode({
      seed: 7,
      index: 0,
      format: 'QRCode',
      damage: 'rotation',
      strength: 1,
    });
    const other = await readCodes(picture, { pattern: 'X\\d+', budgetMs: 20 });
    expect(other).toMatchObject({ codes: [], refused: `read ${value}, which is not expected` });
    expect((await readCodes(picture, { known: ['A', value] })).codes).toMatchObject([{ value }]);
    await expect(readCodes(picture, { pattern: '(' })).rejects.toMatchObject({
      code: 'MANUVISION_CODE_PATTERN_INVALID',
    });
    await expect(readCodes(picture, { formats: ['Runes'], budgetMs: 0 })).rejects.toMatchObject({
      code: 'MANUVISION_CODE_FORMAT_UNKNOWN',
    });
  });

  it('looks at 50 megapixels smaller, then nearer where most is seen, within its budget', async () => {
    const { value, picture } = await damagedCode({
      ...{ seed: 7, index: 0, format: 'QRCode', damage: 'rotation', strength: 1 },
    });
    const large = { width: 8660, height: 5773, channels: 1, depth: 8, data: new Uint8Array(8660 * 5773) } as const;
    large.data.fill(150);
    const blank = await readCodes(large, { budgetMs: 200 });
    expect(blank).toMatchObject({ codes: [], refused: expect.stringContaining('no code was found') });
    expect(blank.attempts).toBeLessThan(8);
    const step = picture.channels;
    for (let y = 0; y < picture.height; y++)
      for (let x = 0; x < picture.width; x++)
        large.data[(y + 4100) * large.width + x + 6030] = picture.data[(y * picture.width + x) * step]!;
    const { codes } = await readCodes(large, { budgetMs: 200 });
    expect(codes).toMatchObject([{ value, steps: ['cut out', 'plain'] }]);
    for (const [x, y] of codes[0]!.corners) {
      expect(Math.abs(x - 6030 - picture.width / 2)).toBeLessThan(picture.width / 2);
      expect(Math.abs(y - 4100 - picture.height / 2)).toBeLessThan(picture.height / 2);
    }
  });

  it('stops when it is cancelled', async () => {
    const { picture } = await damagedCode({ seed: 7, index: 0, format: 'QRCode', damage: 'rotation', strength: 1 });
    await expect(readCodes(picture, {}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
