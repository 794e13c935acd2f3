import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyPlane, type Picture, type Plane, seededRandom } from '@millwright/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabelledPicture, PartPicture, Work } from '../kinds/inspection.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile } from '../model-file/write-model-file.ts';
import { drawTexture } from '../test/drawn-textures.ts';
import { defectsKind } from './defects-kind.ts';
import { findRegions } from './find-regions.ts';
import { coverageOf } from './place-labels.ts';
import { samplePlaces } from './place-samples.ts';
import { usualLongSide, workingSize } from './working-size.ts';

const side = 96;
type Drawn = 'hole' | 'scratch';

/** Grain with a dark spot or a bright line at a place of its own. */
function drawDefect(defect: Drawn, seed: number): { picture: Picture; mask: Plane } {
  const picture = drawTexture('grain', seed, side);
  const mask = emptyPlane(side, side);
  const random = seededRandom(seed);
  const [cx, cy] = [20 + 56 * random(), 20 + 56 * random()];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const inside = defect === 'hole' ? Math.hypot(x - cx, y - cy) < 7 : Math.abs(x - cx) < 18 && Math.abs(y - cy) < 3;
      if (!inside) continue;
      mask.data[y * side + x] = 1;
      picture.data[y * side + x] = defect === 'hole' ? 25 : 235;
    }
  return { picture, mask };
}

const good = (count: number): PartPicture[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ name: `good-${at}`, group: `good-${at}` },
    read: async () => drawTexture('grain', 100 + at, side),
  }));
const bad = (defect: Drawn, count: number, label: 'mask' | 'box' | 'picture'): LabelledPicture[] =>
  Array.from({ length: count }, (_, at) => {
    const { picture, mask } = drawDefect(defect, 300 + at);
    const places = [...mask.data.keys()].filter((place) => mask.data[place]);
    const [xs, ys] = [places.map((place) => place % side), places.map((place) => Math.floor(place / side))];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const box = { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1, className: defect };
    return {
      ...{ name: `${defect}-${at}`, group: `${defect}-${at}`, className: defect, read: async () => picture },
      ...(label === 'mask' ? { readMask: async () => mask } : {}),
      ...(label === 'box' ? { boxes: [box] } : {}),
    };
  });

let work: Work;
beforeAll(async () => {
  const cache = await mkdtemp(join(tmpdir(), 'millwright-defects-'));
  work = { cache, signal: new AbortController().signal, progress: () => undefined };
});
afterAll(() => rm(work.cache, { recursive: true }));
const settings = { longSide: 96, layers: ['stride4', 'stride8'] };

describe('the kind defects', () => {
  it('finds where a defect is and which, after three of each', async () => {
    const parts = { good: good(6), defects: [...bad('hole', 3, 'mask'), ...bad('scratch', 3, 'box')] };
    const model = await defectsKind.train(parts, settings, 1, work);
    expect(model.card.heldOut).toHaveLength(6);
    const inspection = await defectsKind.open(decodeModelFile(encodeModelFile(model), 'it'), work);
    for (const defect of ['hole', 'scratch'] as const) {
      const { picture, mask } = drawDefect(defect, 900);
      const { verdict, class: name, boxes, heatmap } = await inspection.judge(picture);
      expect([verdict, name, boxes[0]?.className]).toEqual(['ng', defect, defect]);
      expect(heatmap).toMatchObject({ width: 24, height: 24 });
      const { x, y, width, height } = boxes[0]!;
      expect(mask.data[Math.floor(y + height / 2) * side + Math.floor(x + width / 2)]).toBe(1);
      expect(width * height).toBeLessThan(side * side * 0.15);
    }
    expect(await inspection.judge(drawTexture('grain', 950, side))).toMatchObject({ class: null, boxes: [] });
    await inspection.close();
  });

  it('learns from pictures in which nobody drew the defect, and without good ones', async () => {
    const parts = { good: good(6), defects: bad('hole', 4, 'picture') };
    const inspection = await defectsKind.open(await defectsKind.train(parts, settings, 1, work), work);
    const scores = [drawDefect('hole', 901).picture, drawTexture('grain', 951, side)].map(
      async (picture) => (await inspection.judge(picture)).score!,
    );
    expect(await scores[0]!).toBeGreaterThan(await scores[1]!);
    await inspection.close();
    const alone = await defectsKind.train({ good: [], defects: bad('hole', 3, 'mask') }, settings, 1, work);
    expect(alone.card).toMatchObject({ threshold: 0, heldOut: [] });
  });
});

it('regions are told apart, with the class that most of each looks like', () => {
  // Rows of four places: no defect, a, b.
  const data = Float32Array.from([
    ...[0.9, 0.2, 0.3, 0.9, 0.9, 0.9, 0.9, 0.1],
    ...[0.05, 0.7, 0.5, 0.05, 0.05, 0.05, 0.05, 0.1],
    ...[0.05, 0.1, 0.2, 0.05, 0.05, 0.05, 0.05, 0.8],
  ]);
  const found = findRegions({ rows: 2, columns: 4, data }, ['good', 'a', 'b'], 0.5, { width: 40, height: 20 });
  // Touching corners are one region.
  expect(found).toEqual([{ className: 'a', score: expect.closeTo(0.7), x: 10, y: 0, width: 30, height: 20 }]);
  const apart = findRegions(
    { rows: 1, columns: 4, data: Float32Array.from([0, 1, 1, 0.2, 1, 0, 0, 0, 0, 0, 0, 0.8]) },
    ['good', 'a', 'b'],
    0.5,
    { width: 8, height: 2 },
  );
  expect(apart.map(({ className, x, width }) => `${className} ${x} ${width}`)).toEqual(['a 0 2', 'b 6 2']);
});

it('places are learnt from where a defect fills them, and a speck is the place it fills most', async () => {
  const random = seededRandom(1);
  const most = { defect: 10, beside: 2 };
  const sampled = samplePlaces({ data: Float32Array.from([0, 0.3, 0.8, 0, 0, 0]), from: 'mask' }, most, random);
  expect(sampled).toHaveLength(3);
  expect(sampled[0]).toEqual({ place: 2, defect: true, weight: 1 });
  expect(sampled[1]).toMatchObject({ defect: false, weight: 2 });
  const speck = samplePlaces({ data: Float32Array.from([0, 0.1, 0.2]), from: 'mask' }, most, random);
  expect(speck[0]).toMatchObject({ place: 2, defect: true });
  const name = { name: 'p', group: 'p', className: 'hole', read: () => Promise.reject(new Error()) };
  const box = { x: 4, y: 0, width: 4, height: 4, className: 'hole' };
  const coverage = await coverageOf({ ...name, boxes: [box] }, { width: 8, height: 4 }, 4, 2);
  expect([...coverage.data]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  expect((await coverageOf(name, { width: 8, height: 4 }, 2, 1)).from).toBe('picture');
});

it('pictures are learnt at their own size, as far as so many can be', async () => {
  const sized = (side: number, count: number): PartPicture[] =>
    Array.from({ length: count }, (_, at) => ({
      ...{ name: `${at}`, group: `${at}` },
      read: async () => ({ width: side, height: 2, channels: 1, depth: 8, data: new Uint8Array(side * 2) }),
    }));
  const usual = (side: number, count: number) => usualLongSide({ good: sized(side, count), defects: [] });
  expect([await usual(2048, 8), await usual(300, 8), await usual(20, 8)]).toEqual([640, 288, 64]);
  expect([await usual(2048, 150), await usual(2048, 5000)]).toEqual([416, 256]);
});

it('pictures are scaled to sides that networks take', () => {
  expect(workingSize({ width: 2048, height: 1536 }, 640)).toEqual({ width: 640, height: 480 });
  expect(workingSize({ width: 3, height: 4000 }, 256)).toEqual({ width: 32, height: 256 });
});
