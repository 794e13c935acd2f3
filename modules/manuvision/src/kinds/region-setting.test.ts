import type { Picture } from '@millwright/imaging';
import { expect, it } from 'vitest';
import type { Judgement } from './inspection.ts';
import { judgeWithin, regionSchema, wholePicture } from './region-setting.ts';

const picture: Picture = { width: 4, height: 2, channels: 1, depth: 8, data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7) };
const seen: Picture[] = [];
const judge = async (cut: Picture): Promise<Judgement> => {
  seen.push(cut);
  const box = { x: 0, y: 0, width: cut.width, height: cut.height, className: 'text', score: 1 };
  return { score: null, verdict: 'ok', class: null, value: null, confidence: 1, boxes: [box], heatmap: null };
};

it('judges a part of a picture as a picture, and says where on the whole one', async () => {
  const { boxes } = await judgeWithin({ x: 0.5, y: 0.5, width: 0.5, height: 0.5 }, picture, judge);
  expect(seen.at(-1)).toMatchObject({ width: 2, height: 1, data: Uint8Array.of(6, 7) });
  expect(boxes).toMatchObject([{ x: 2, y: 1, width: 2, height: 1 }]);
  await judgeWithin(wholePicture, picture, judge);
  expect(seen.at(-1)).toBe(picture);
  // Smaller than a pixel is a pixel.
  await judgeWithin({ x: 1 - 1e-6, y: 0, width: 1e-6, height: 1e-6 }, picture, judge);
  expect(seen.at(-1)).toMatchObject({ width: 1, height: 1, data: Uint8Array.of(3) });
});

it('takes no region that reaches out of the picture', () => {
  for (const wrong of [{ x: 0.6 }, { width: 0 }, { y: -0.1 }])
    expect(regionSchema.safeParse({ x: 0.5, y: 0, width: 0.5, height: 1, ...wrong }).success).toBe(false);
});
