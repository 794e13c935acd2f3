import { describe, expect, it } from 'vitest';
import { encode } from '../zxing.ts';
import { dataMatrixLayout } from './data-matrix-layout.ts';
import { decodeGrid, type SoftModules } from './decode-grid.ts';
import { type Layout, open } from './layout.ts';
import { largestVersion, qrBitPlaces, qrBlocks, qrLayout } from './qr-layout.ts';

const softOf = (layout: Layout, dark: Uint8Array): SoftModules => ({
  layout,
  soft: Float32Array.from(dark, (value) => (value ? 1 : -1)),
});

async function expectSame(layout: Layout, dark: Uint8Array): Promise<void> {
  for (const [at, value] of layout.fixed.entries()) if (value !== open) expect(dark[at], `place ${at}`).toBe(value);
  const [clean] = decodeGrid(softOf(layout, dark));
  expect(clean).toMatchObject({ unused: 1, erased: 0 });
  expect([...clean!.dark]).toEqual([...dark]);
}

describe('a grid of modules', () => {
  it.each(Array.from({ length: largestVersion }, (_, at) => at + 1))(
    'is put right for QR version %i',
    async (version) => {
      for (const level of ['L', 'M', 'Q', 'H']) {
        const { data, checks } = qrBlocks(version, level);
        const words = data.reduce((sum, count) => sum + count + checks, 0);
        expect(words, level).toBe(qrBitPlaces(version).length / 8);
        const { dark } = await encode('LD0042', 'QRCode', `version=${version},ecLevel=${level}`);
        await expectSame(qrLayout(version), dark);
      }
    },
  );

  it.each([10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48])('is put right for Data Matrix %i', async (size) => {
    const data = {
      10: 3,
      12: 5,
      14: 8,
      16: 12,
      18: 18,
      20: 22,
      22: 30,
      24: 36,
      26: 44,
      32: 62,
      36: 86,
      40: 114,
      44: 144,
      48: 174,
    };
    // Letters fill a code word each.
    const value = 'aBcdeF'.repeat(30).slice(0, Math.min(data[size as 10] - 1, 170));
    const { dark, width } = await encode(
      value,
      'DataMatrix',
      `forceSquare,version=${[10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48].indexOf(size) + 1}`,
    );
    expect(width).toBe(size);
    await expectSame(dataMatrixLayout(size), dark);
  });

  it('corrects more when it knows which modules cannot be seen', async () => {
    const layout = qrLayout(2);
    const { dark, width } = await encode('LADLE-0042', 'QRCode', 'version=2,ecLevel=H');
    const { soft } = softOf(layout, dark);
    // A third of the code is covered: seen as light, and unsure.
    for (let y = 9; y < 20; y++) for (let x = 9; x < 24; x++) soft[y * width + x] = -0.05;
    const [clean] = decodeGrid({ layout, soft });
    expect([...clean!.dark]).toEqual([...dark]);
    expect(clean!.erased).toBeGreaterThan(10);
    const sure = soft.map((value) => Math.sign(value));
    expect([...decodeGrid({ layout, soft: sure })]).toEqual([]);
  });
});
