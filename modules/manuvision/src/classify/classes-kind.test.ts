import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LabelledPicture, Work } from '../kinds/inspection.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile } from '../model-file/write-model-file.ts';
import { type DrawnTexture, drawnTextures, drawTexture } from '../test/drawn-textures.ts';
import { classesKind } from './classes-kind.ts';

let work: Work;
beforeAll(async () => {
  const cache = await mkdtemp(join(tmpdir(), 'millwright-classes-'));
  work = { cache, signal: new AbortController().signal, progress: () => undefined };
});
afterAll(() => rm(work.cache, { recursive: true }));

const pictures = (texture: DrawnTexture, count: number, className: string = texture): LabelledPicture[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ name: `${texture}-${at}`, group: `${texture}-${at}`, className },
    read: async () => drawTexture(texture, at + 1),
  }));
const settings = { side: 64, layers: ['stride4', 'stride8'] };

it('tells textures apart after three pictures of each, from its file', async () => {
  const defects = drawnTextures.flatMap((texture) => pictures(texture, 3));
  const model = await classesKind.train({ good: [], defects }, settings, 1, work);
  const inspection = await classesKind.open(decodeModelFile(encodeModelFile(model), 'it'), work);
  let right = 0;
  for (const texture of drawnTextures)
    for (const seed of [21, 22, 23, 24]) {
      const judged = await inspection.judge(drawTexture(texture, seed));
      expect(judged).toMatchObject({ verdict: 'ok', score: null });
      expect(judged.confidence).toBeGreaterThan(1 / 3);
      if (judged.class === texture) right++;
    }
  expect(right).toBeGreaterThanOrEqual(11);
  await inspection.close();
});

it('rejects what is likelier not good, and names the defect', async () => {
  const parts = { good: pictures('grain', 4), defects: [...pictures('lines', 3), ...pictures('spots', 3, 'pits')] };
  const inspection = await classesKind.open(await classesKind.train(parts, settings, 1, work), work);
  expect(await inspection.judge(drawTexture('grain', 31))).toMatchObject({ verdict: 'ok', class: 'good' });
  expect(await inspection.judge(drawTexture('spots', 32))).toMatchObject({ verdict: 'ng', class: 'pits' });
  await inspection.close();
});
