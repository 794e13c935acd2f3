import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cropImage, readImage } from './image.ts';
import { testFolder } from './test/constructed-network.ts';

/** Left half red, right half blue, 40 by 20. */
const halves = () =>
  sharp(
    Uint8Array.from({ length: 40 * 20 * 3 }, (_, place) => {
      const right = Math.floor(place / 3) % 40 >= 20;
      return place % 3 === (right ? 2 : 0) ? 255 : 0;
    }),
    { raw: { width: 40, height: 20, channels: 3 } },
  );
const spec = { width: 20, height: 20, format: 'rgb24' } as const;
const pixel = (data: Uint8Array, x: number, y: number) => [...data.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)];

describe('a picture file as input of a network', () => {
  it('lies at the top left with grey around it, or fills', async () => {
    const png = await halves().png().toBuffer();
    const boxed = await readImage(png, { ...spec, fit: 'letterbox' });
    expect([boxed.scaleX, boxed.scaleY, boxed.offsetX, boxed.offsetY]).toEqual([0.5, 0.5, 0, 0]);
    expect([pixel(boxed.data, 2, 2), pixel(boxed.data, 17, 2), pixel(boxed.data, 2, 15)]).toEqual([
      ...[
        [255, 0, 0],
        [0, 0, 255],
        [114, 114, 114],
      ],
    ]);
    const filled = await readImage(png, { ...spec, fit: 'stretch' });
    expect([filled.scaleX, filled.scaleY]).toEqual([0.5, 1]);
    expect(pixel(filled.data, 2, 15)).toEqual([255, 0, 0]);
  });

  it('may be a region, and a crop of a crop still knows its way back to the file', async () => {
    const png = await halves().png().toBuffer();
    const right = await readImage(png, { ...spec, fit: 'letterbox' }, { x: 20, y: 0, width: 20, height: 20 });
    expect([right.scaleX, right.offsetX, right.offsetY]).toEqual([1, 20, 0]);
    expect(pixel(right.data, 0, 0)).toEqual([0, 0, 255]);
    const inner = await cropImage(right, { x: 5, y: 10, width: 10, height: 10 }, { ...spec, fit: 'letterbox' });
    expect([inner.scaleX, inner.offsetX, inner.offsetY]).toEqual([2, 25, 10]);
    const outside = await readImage(png, { ...spec, fit: 'letterbox' }, { x: -50, y: -50, width: 10, height: 10 });
    expect(outside.data.length).toBe(1200);
  });

  it('may be JPEG, grey, have a rotation noted or a transparent ground', async () => {
    for (const file of [
      await halves().jpeg().toBuffer(),
      await halves().greyscale().png().toBuffer(),
      await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      await halves().ensureAlpha(0.5).png().toBuffer(),
    ])
      expect((await readImage(file, { ...spec, fit: 'letterbox' })).data.length).toBe(1200);
    const turned = await readImage(await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer(), {
      ...spec,
      fit: 'stretch',
    });
    expect([turned.scaleX, turned.scaleY]).toEqual([1, 0.5]);
  });

  it('is refused when it is none', async () => {
    const path = join(await testFolder(), 'none.jpg');
    const code = 'INFERENCE_PICTURE_UNREADABLE';
    await expect(readImage(path, { ...spec, fit: 'stretch' })).rejects.toMatchObject({ code });
    await writeFile(path, 'no picture');
    await expect(readImage(path, { ...spec, fit: 'stretch' })).rejects.toMatchObject({ code });
  });
});
