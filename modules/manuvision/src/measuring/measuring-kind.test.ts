import type { Picture } from '@millwright/imaging';
import { circleShape, drawShape } from '@millwright/imaging/test-support';
import { expect, it } from 'vitest';
import { inspectionKind } from '../kinds/registry.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile } from '../model-file/write-model-file.ts';

const work = { cache: '', signal: new AbortController().signal, progress: () => undefined };
const disc = (radius: number, seed = 1): Picture => {
  const shape = circleShape(40.2, 39.7, radius);
  const { data } = drawShape({
    width: 80,
    height: 80,
    shape,
    inside: 0.2,
    outside: 0.8,
    blur: 0.8,
    noise: 0.005,
    seed,
  });
  return {
    width: 80,
    height: 80,
    channels: 1,
    depth: 8,
    data: Uint8Array.from(data, (value) => Math.round(value * 255)),
  };
};
const plan = {
  format: 1,
  features: [
    { name: 'disc', tool: 'circle', region: { x: 40, y: 40, inner: 8, outer: 35 }, nominal: 40, plus: 0.2, minus: 0.1 },
  ],
};

it('a plan in the card judges parts, and says by how much', async () => {
  const kind = await inspectionKind('measuring');
  const good = [1, 2, 3].map((seed) => ({ name: `${seed}`, group: `${seed}`, read: async () => disc(20, seed) }));
  const model = decodeModelFile(encodeModelFile(await kind.train({ good, defects: [] }, { plan }, 1, work)), 'x');
  const facts = JSON.parse(new TextDecoder().decode(model.attachments['good-parts.json']));
  expect(facts.disc).toMatchObject({ count: 3, mean: expect.closeTo(40, 1.3) });
  const inspection = await kind.open(model, work);
  expect(await inspection.judge(disc(20))).toMatchObject({
    verdict: 'ok',
    value: expect.closeTo(40, 1.3),
    class: null,
    boxes: [],
  });
  expect(await inspection.judge(disc(20.2))).toMatchObject({
    ...{ verdict: 'ng', class: 'disc', score: expect.closeTo(2, 0.5) },
    boxes: [{ className: 'disc', x: 20, y: 19, width: 42, height: 42 }],
  });
  expect((await inspection.judge(disc(3))).verdict).toBe('refused');
  await expect(kind.train({ good, defects: [] }, { plan: { ...plan, features: [] } }, 1, work)).rejects.toMatchObject({
    code: 'MANUVISION_PLAN_INVALID',
  });
});
