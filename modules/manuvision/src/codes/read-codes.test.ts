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

  it('stops when it is cancelled', async () => {
    const { picture } = await damagedCode({ seed: 7, index: 0, format: 'QRCode', damage: 'rotation', strength: 1 });
    await expect(readCodes(picture, {}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
