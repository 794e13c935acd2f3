import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrawnDefect, drawPart } from '@millwright/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anomalyKind } from '../anomaly/anomaly-kind.ts';
import type { LabelledPicture, PartPicture, Work } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile } from '../model-file/write-model-file.ts';
import { originsIn } from './bank-origins.ts';
import { explain } from './explain.ts';

const good = Array.from({ length: 12 }, (_, at): PartPicture => {
  const name = `good-${at}`;
  return { name, group: name, read: async () => drawPart(at + 1).picture };
});
const labelled = (seed: number, defect: DrawnDefect): LabelledPicture => ({
  ...{ name: `${defect}-${seed}`, group: `${seed}`, className: defect },
  read: async () => drawPart(seed, { defect }).picture,
  readMask: async () => drawPart(seed, { defect }).mask,
});
const defects = [labelled(301, 'hole'), labelled(302, 'hole'), labelled(303, 'stain'), labelled(304, 'stain')];

let cache: string;
let work: Work;
let model: ModelFile;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'explain-'));
  work = { cache, signal: new AbortController().signal, progress: () => undefined };
  const trained = await anomalyKind.train({ good, defects: [] }, { side: 128, bank: 1000 }, 3, work);
  model = decodeModelFile(encodeModelFile(trained), 'model.onnx');
}, 60_000);
afterAll(() => rm(cache, { recursive: true, force: true }));

it('shows the worst place beside good parts at the same place, and known defects of its kind', async () => {
  const { picture, mask } = drawPart(904, { defect: 'hole' });
  const explained = await explain({ model, name: 'model.onnx', picture, good, defects, confirmed: [] }, work);
  const [worst, ...others] = explained.places;
  const { x, y, width, height } = worst!.area!;
  let [inside, all] = [0, 0];
  for (const [at, value] of mask.data.entries())
    if (value) {
      const [column, row] = [at % mask.width, Math.floor(at / mask.width)];
      all++;
      if (column >= x && column < x + width && row >= y && row < y + height) inside++;
    }
  expect(inside / all).toBeGreaterThan(0.5);
  for (const other of others) expect(other.heat).toBeLessThanOrEqual(worst!.heat);
  expect(worst!.here.length).toBeGreaterThan(0);
  for (const patch of worst!.here) {
    expect(good.map(({ name }) => name)).toContain(patch.picture);
    expect(Math.abs(patch.area!.x - x)).toBeLessThanOrEqual(width / 2 + 1);
    expect(Math.abs(patch.area!.y - y)).toBeLessThanOrEqual(height / 2 + 1);
    expect(patch.crop!.subarray(1, 4)).toEqual(Buffer.from('PNG'));
  }
  expect(new Set(worst!.good.map((one) => one.picture)).size).toBe(3);
  const distances = worst!.good.map(({ distance }) => distance);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  expect(explained.defects).toEqual({ seen: 4, of: 4 });
  expect(worst!.defects[0]).toMatchObject({ className: 'hole', atLine: false });
}, 30_000);

it('takes parts that people rejected for known defects, the newest ones first', async () => {
  const { picture } = drawPart(904, { defect: 'hole' });
  const { readMask: _, ...hole } = labelled(305, 'hole');
  const many = Array.from({ length: 45 }, (_, at) => ({ ...labelled(303, 'stain'), name: `stain-${at}` }));
  const request = { model, name: 'model.onnx', picture, good: [], defects: many, confirmed: [hole] };
  const { places, defects: compared } = await explain(request, work);
  expect(places[0]!.defects[0]).toMatchObject({ picture: 'hole-305', className: 'hole', atLine: true });
  expect(compared).toEqual({ seen: 40, of: 46 });
}, 30_000);

it('takes the distance of the network: a picture that was learnt from finds itself, where it is', async () => {
  const { layers, ...origins } = originsIn(model)!;
  expect(origins.pictures).toEqual(good.map(({ name }) => name).sort());
  // Fewer than the bank may keep: all of them.
  expect(layers.map((rows) => rows.length)).toEqual(layers.map(() => 12 * origins.view.grid ** 2));
  const picture = await good[2]!.read();
  const { places } = await explain(
    { model, name: 'model.onnx', picture, good: [good[2]!], defects: [], confirmed: [] },
    work,
  );
  for (const { area, crop, good: nearest } of places) {
    expect(nearest[0]).toEqual({ picture: 'good-2', area, crop, distance: expect.any(Number) });
    expect(nearest[0]!.distance).toBeLessThan(1e-2);
    // Pictures that are not at hand are named all the same.
    expect(nearest[1]).toMatchObject({ picture: expect.stringMatching(/^good-/), crop: null });
  }
}, 30_000);

it('says that a model of before does not know what it remembers, and which kinds can be explained', async () => {
  const picture = drawPart(1).picture;
  const old = { ...model, attachments: {} };
  await expect(
    explain({ model: old, name: 'old.onnx', picture, good, defects, confirmed: [] }, work),
  ).rejects.toMatchObject({
    code: 'MANUVISION_BANK_UNKNOWN',
  });
  const other = { ...model, card: { ...model.card, kind: 'classes' } };
  await expect(
    explain({ model: other, name: 'other.onnx', picture, good, defects, confirmed: [] }, work),
  ).rejects.toMatchObject({
    code: 'MANUVISION_MODEL_KIND',
  });
});
