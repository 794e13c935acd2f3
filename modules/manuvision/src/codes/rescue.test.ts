import { greyPlane } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { damagedCode } from './damage/damaged-code.ts';
import type { SampleFormat } from './damage/sample-codes.ts';
import { readCodes } from './read-codes.ts';
import { decode } from './zxing.ts';

const order = { seed: 2, index: 0 };

describe('the chain of rescues', () => {
  it.each<[string, number, SampleFormat, string]>([
    ['tilt', 5, 'QRCode', 'fit grid'],
    ['contrast', 3, 'DataMatrix', 'fit grid'],
    ['dirt', 4, 'Code128', 'average bars'],
    ['rotation', 5, 'EAN13', 'average bars'],
  ])('reads what the decoder alone does not: %s of strength %i on %s', async (damage, strength, format, step) => {
    const { value, picture } = await damagedCode({ ...order, format, damage, strength });
    expect((await decode(greyPlane(picture), {})).map(({ text }) => text)).not.toContain(value);
    const { codes } = await readCodes(picture, { formats: [format] });
    expect(codes).toMatchObject([{ value }]);
    expect(codes[0]!.steps.join()).toContain(step);
    expect(codes[0]!.confidence).toBeLessThan(1);
  });

  it('trusts bars that few lines agree on only when no other look says otherwise, and not much', async () => {
    const { value, picture } = await damagedCode({
      ...{ seed: 1000, index: 0, format: 'EAN13', damage: 'defocus', strength: 4 },
    });
    const { codes } = await readCodes(picture, { formats: ['EAN13'], budgetMs: 300 });
    expect(codes).toMatchObject([{ value, confidence: 0.5 }]);
  });

  it('stops at its budget', async () => {
    const { picture } = await damagedCode({ ...order, format: 'QRCode', damage: 'dirt', strength: 5 });
    const little = await readCodes(picture, { formats: ['QRCode'], budgetMs: 40 });
    expect(little.refused).toContain('before the budget was spent');
    expect((await readCodes(picture, { budgetMs: 0 })).attempts).toBe(1);
  });
});
