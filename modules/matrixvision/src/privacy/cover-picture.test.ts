import sharp from 'sharp';
import { expect, it } from 'vitest';
import { coverPicture } from './cover-picture.ts';

/** Stripes of black and white, one pixel wide: a place that keeps them is not covered. */
const stripes = async () => {
  const data = Buffer.alloc(200 * 100 * 3);
  for (let at = 0; at < 200 * 100; at++) data.fill(at % 2 ? 255 : 0, at * 3, at * 3 + 3);
  return sharp(data, { raw: { width: 200, height: 100, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
};
async function contrastAt(jpeg: Uint8Array, left: number, top: number): Promise<number> {
  // Statistics are of what a pipeline begins with, so the part has to be made first.
  const part = await sharp(jpeg).extract({ left, top, width: 16, height: 16 }).greyscale().png().toBuffer();
  const { channels } = await sharp(part).stats();
  return channels[0]!.stdev;
}

it('leaves nothing of what was there within the places, and all of the rest', async () => {
  const covered = await coverPicture(await stripes(), [{ x: 100, y: 40, width: 200, height: 120 }], {
    width: 400,
    height: 200,
  });
  expect(await contrastAt(covered, 80, 40)).toBeLessThan(20);
  expect(await contrastAt(covered, 160, 80)).toBeGreaterThan(80);
});

it('covers what reaches over the edge as far as there is a picture, and gives back what has no places', async () => {
  const jpeg = await stripes();
  const covered = await coverPicture(jpeg, [{ x: -50, y: -50, width: 90, height: 90 }], { width: 200, height: 100 });
  expect(await contrastAt(covered, 10, 10)).toBeLessThan(20);
  expect(await coverPicture(jpeg, [{ x: 300, y: 10, width: 20, height: 20 }], { width: 200, height: 100 })).toBe(jpeg);
});
