import { expect, it } from 'vitest';
import type { Work } from '../kinds/inspection.ts';
import { codesKind } from './codes-kind.ts';
import { damagedCode } from './damage/damaged-code.ts';

const work: Work = { cache: '', signal: new AbortController().signal, progress: () => undefined };

it('looks for codes in its region only, and says where they are in the picture', async () => {
  const { value, picture } = await damagedCode({
    ...{ seed: 7, index: 0, format: 'QRCode', damage: 'rotation', strength: 1 },
  });
  const judged = async (settings: object) => {
    const inspection = await codesKind.open(await codesKind.train({ good: [], defects: [] }, settings, 1, work), work);
    return inspection.judge(picture);
  };
  const whole = await judged({});
  expect(whole).toMatchObject({ verdict: 'ok', value });
  const [box] = whole.boxes;
  const around = {
    ...{ x: Math.max(box!.x - 10, 0) / picture.width, y: Math.max(box!.y - 10, 0) / picture.height },
  };
  const region = { ...around, width: 1 - around.x, height: 1 - around.y };
  const within = await judged({ region });
  expect(within).toMatchObject({ verdict: 'ok', value });
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(Math.abs(within.boxes[0]![side] - box![side])).toBeLessThanOrEqual(2);
  const beside = { x: 0, y: 0, width: 1, height: Math.max(box!.y / picture.height, 0.05) };
  expect(await judged({ region: beside, budgetMs: 10 })).toMatchObject({ verdict: 'refused', boxes: [] });
});
