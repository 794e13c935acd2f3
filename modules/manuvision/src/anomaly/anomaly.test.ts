import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrawnDefect, drawPart, type Picture, rgbBytes, seededRandom } from '@millwright/imaging';
import { openSession, Tensor } from '@millwright/inference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartPicture, Work } from '../kinds/inspection.ts';
import { chosenRows, rowsOf } from '../learning/rows.ts';
import { standardOf } from '../learning/standardise.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { anomalyKind } from './anomaly-kind.ts';
import { anomalySettingsSchema } from './anomaly-settings.ts';
import { calibrationOf, scoreOf } from './calibration.ts';
import { whitening } from './gaussian.ts';
import { memoryBank } from './memory-bank.ts';
import { prepareNetwork } from './prepare-network.ts';
import { heatmapOf, tilesOf } from './tiles.ts';

const random = seededRandom(5);
/** Sum of twelve even numbers: near enough to a normal one. */
const normal = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);

describe('the memory bank', () => {
  it('keeps a row of every cluster, however few rows it has, and never more than it may', () => {
    const centres = Array.from({ length: 10 }, () => Array.from({ length: 24 }, () => normal() * 10));
    const rows = rowsOf(
      Array.from({ length: 1000 }, (_, at) => centres[at < 991 ? 0 : at - 990]!.map((value) => value + normal() * 0.1)),
    );
    const bank = chosenRows(rows, memoryBank(rows, 10, 1));
    expect(bank.count).toBe(10);
    const near = (centre: readonly number[], row: number) =>
      Math.hypot(...centre.map((value, at) => value - bank.data[row * 24 + at]!)) < 3;
    for (const centre of centres)
      expect(Array.from({ length: 10 }, (_, row) => near(centre, row)).filter(Boolean)).toHaveLength(1);
    expect(memoryBank(rows, 2000, 1)).toEqual(Array.from({ length: 1000 }, (_, at) => at));
  });
});

describe('the Gaussian of whole pictures', () => {
  it('gives the Mahalanobis distance with noise on the diagonal, worked out by hand for two numbers', () => {
    // Correlation 0.8 of two standardised numbers: [[1.1, 0.8], [0.8, 1.1]] with the noise.
    const rows = rowsOf([
      [1, 1],
      [-1, -1],
      [1, 0.6 / 0.6],
      [-1, -1],
      [1, -1],
      [-1, 1],
      ...Array.from({ length: 14 }, (_, at) => (at % 2 ? [1, 1] : [-1, -1])),
    ]);
    const standard = standardOf(rows);
    const [a, , c, d] = whitening(rows, standard) as unknown as [number, number, number, number];
    const squared = (x: number, y: number) => (a * x) ** 2 + (c * x + d * y) ** 2;
    const inverse = 1 / (1.1 ** 2 - 0.8 ** 2);
    expect(squared(1, 1)).toBeCloseTo((1.1 + 1.1 - 1.6) * inverse, 4);
    expect(squared(1, -1)).toBeCloseTo((1.1 + 1.1 + 1.6) * inverse, 4);
  });
});

describe('the calibration', () => {
  const places = { grid: 6, worst: 1 };
  /** Distances about 1 with a deviation of 0.1; three times both along the first row. */
  const part = (at: number, value: number) => ({
    whole: Float32Array.of(2 + 0.2 * normal()),
    places: Float32Array.from({ length: 36 }, (_, place) =>
      place === at ? value : (place < 6 ? 3 : 1) * (1 + 0.1 * normal()),
    ),
  });
  const good = Array.from({ length: 40 }, () => part(-1, 0));

  it('counts a place against what good parts have there', () => {
    const calibration = calibrationOf(good, { whole: 1, places: 1 }, places);
    const own = good.map((one) => scoreOf(one, calibration, places));
    expect(own.reduce((sum, value) => sum + value, 0) / own.length).toBeCloseTo(0, 5);
    // Far off for the middle, usual for the edge.
    expect(scoreOf(part(20, 2.4), calibration, places)).toBeGreaterThan(Math.max(...own));
    expect(scoreOf(part(2, 2.4), calibration, places)).toBeLessThan(Math.max(...own));
  });

  it('trusts a place less where few parts were seen, and measures nothing by one', () => {
    const few = calibrationOf(good.slice(0, 2), { whole: 1, places: 1 }, places).places[0]!;
    const many = calibrationOf(good, { whole: 1, places: 1 }, places).places[0]!;
    const apart = ({ mean }: typeof few) => mean[2]! - mean[20]!;
    expect(apart(few)).toBeLessThan(apart(many) / 2);
    const one = calibrationOf(good.slice(0, 1), { whole: 1, places: 1 }, places);
    expect(new Set(one.places[0]!.deviation)).toEqual(new Set([1]));
    expect(one.layers).toEqual([
      { mean: 0, deviation: 1 },
      { mean: 0, deviation: 1 },
    ]);
  });
});

const prepared = async (...of: Parameters<typeof preparation>): Promise<Uint8Array> =>
  (await preparation(...of)).prepared!.data as Uint8Array;

async function preparation(settings: object, pixels: Uint8Array, width: number, height: number) {
  const network = prepareNetwork(anomalySettingsSchema.parse({ side: 64, ...settings }), 17).encode();
  const { session } = await openSession(network, { model: 'prepare' });
  const results = await session.run({ images: new Tensor('uint8', pixels, [1, height, width, 3]) });
  await session.release();
  return results;
}
const grey = (width: number, height: number, value: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return value(pixel % width, Math.floor(pixel / width));
  });

describe('preparation', () => {
  it('scales any size by the mean of what a pixel covers, and cuts the region out', async () => {
    const halves = await prepared(
      { light: 'none' },
      grey(640, 128, (x) => (x % 2 ? 200 : 100)),
      640,
      128,
    );
    for (const value of halves.subarray(64 * 3, 128 * 3)) expect(Math.abs(value - 150)).toBeLessThanOrEqual(2);
    const region = { x: 0.5, y: 0, width: 0.5, height: 1 };
    const right = await prepared(
      { light: 'none', region },
      grey(100, 40, (x) => (x < 50 ? 10 : 90)),
      100,
      40,
    );
    expect(right[63 * 3]).toBe(90);
    expect(right[32 * 64 * 3 + 40 * 3]).toBe(90);
    expect(
      await prepared(
        {},
        grey(1, 1, () => 77),
        1,
        1,
      ),
    ).toHaveLength(64 * 64 * 3);
  });

  it('takes exposure, contrast and slow shading out', async () => {
    const texture = (x: number, y: number) => 100 + 30 * Math.sin(x * 0.9) * Math.cos(y * 0.7);
    const usual = await prepared({}, grey(64, 64, texture), 64, 64);
    const dark = await prepared(
      {},
      grey(64, 64, (x, y) => texture(x, y) * 0.5),
      64,
      64,
    );
    const shaded = await prepared(
      {},
      grey(64, 64, (x, y) => texture(x, y) * (0.6 + x / 128)),
      64,
      64,
    );
    const off = (other: Uint8Array) => usual.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / 12_288;
    expect(off(dark)).toBeLessThan(2);
    expect(off(shaded)).toBeLessThan(6);
    const plain = grey(64, 64, texture);
    const plainDark = grey(64, 64, (x, y) => texture(x, y) * 0.5);
    expect(plain.reduce((sum, value, at) => sum + Math.abs(value - plainDark[at]!), 0) / 12_288).toBeGreaterThan(40);
  });

  it('tells how light and contrast are spread over the picture, whatever the exposure', async () => {
    // The right half is lit half as much, the lower half is smoother.
    const part = (x: number, y: number) => (x < 32 ? 200 : 100) * (1 + (y < 32 ? 0.2 : 0.05) * Math.sin(x * 2 + y));
    const told = async (exposure: number) => {
      const pixels = grey(64, 64, (x, y) => part(x, y) * exposure);
      const results = await preparation({}, pixels, 64, 64);
      return (name: string) => [...(results[name]!.data as Float32Array)];
    };
    const [usual, dark] = [await told(1), await told(0.7)];
    const rows = (cells: readonly number[], side: number) =>
      Array.from({ length: side }, (_, row) => cells.slice(row * side, (row + 1) * side));
    const [light, contrast] = [usual('light'), usual('contrast')];
    expect(light).toHaveLength(64);
    for (const row of rows(light, 8)) {
      for (const left of row.slice(0, 4)) expect(left).toBeCloseTo(1, 0);
      for (const right of row.slice(4)) expect(right).toBeCloseTo(-1, 0);
    }
    const mean = (cells: readonly number[]) => cells.reduce((sum, value) => sum + value, 0) / cells.length;
    expect(mean(contrast.slice(0, 32))).toBeGreaterThan(mean(contrast.slice(32)) + 0.5);
    const coarse = usual('coarse contrast');
    expect(coarse).toHaveLength(16);
    expect(mean(coarse.slice(0, 8))).toBeGreaterThan(mean(coarse.slice(8)) + 0.3);
    for (const name of ['light', 'contrast', 'coarse contrast'])
      for (const [cell, value] of usual(name).entries()) expect(Math.abs(value - dark(name)[cell]!)).toBeLessThan(0.15);
  });
});

describe('tiles', () => {
  const picture: Picture = { width: 1000, height: 300, channels: 1, depth: 8, data: new Uint8Array(300_000) };
  const region = { x: 0, y: 0, width: 1, height: 1 };

  it('cover the whole picture and share their edges', () => {
    const tiles = tilesOf(picture, { tile: 400, region, side: 256 });
    expect(tiles.map(({ area }) => [area.x, area.width, area.height])).toEqual([
      [0, 400, 300],
      [300, 400, 300],
      [600, 400, 300],
    ]);
    expect(tilesOf(picture, { tile: null, region, side: 256 })).toHaveLength(1);
  });

  it('are put together into one map in which the worse counts', () => {
    const areas = [0, 500].map((x) => ({ x, y: 0, width: 500, height: 300 }));
    const maps = areas.map((area, at) => ({ area, grid: 2, data: Float32Array.of(at, at, at, at + 5) }));
    expect(heatmapOf(maps, 1000, 300)).toEqual({ width: 4, height: 2, data: Float32Array.of(0, 0, 1, 1, 0, 5, 1, 6) });
  });
});

describe('an inspection learnt from good parts only', () => {
  let cache: string;
  let work: Work;
  let model: ModelFile;
  const good = Array.from({ length: 14 }, (_, at): PartPicture => {
    const name = `good-${at}`;
    return { name, group: `lot-${at % 7}`, read: async () => drawPart(at + 1).picture };
  });
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'anomaly-'));
    work = { cache, signal: new AbortController().signal, progress: () => undefined };
    model = await anomalyKind.train({ good, defects: [] }, { side: 128, bank: 200 }, 3, work);
  }, 60_000);
  afterAll(() => rm(cache, { recursive: true, force: true }));

  it('tells holes and stains in one file that runs in ONNX Runtime by itself, also in other light', async () => {
    const { session } = await openSession(model.network, { model: 'exported' });
    const scoreOf = async (seed: number, defect?: DrawnDefect, light = 1) => {
      const { picture } = drawPart(seed, defect ? { defect } : {});
      const bytes = rgbBytes(picture).map((value) => value * light);
      const { score } = await session.run({
        images: new Tensor('uint8', bytes, [1, picture.height, picture.width, 3]),
      });
      return (score!.data as Float32Array)[0]!;
    };
    for (const light of [1, 0.7]) {
      const free = await Promise.all([801, 802, 803].map((seed) => scoreOf(seed, undefined, light)));
      const bad = await Promise.all(
        [901, 902, 903].map((seed) => scoreOf(seed, seed === 902 ? 'stain' : 'hole', light)),
      );
      expect(Math.min(...bad)).toBeGreaterThan(2 * Math.max(1, ...free));
    }
    const inspection = await anomalyKind.open(model, work);
    expect((await inspection.judge(drawPart(901, { defect: 'hole' }).picture)).score).toBe(await scoreOf(901, 'hole'));
    await inspection.close();
    await session.release();
  }, 60_000);

  it('shows where the defect is', async () => {
    const inspection = await anomalyKind.open(model, work);
    const { picture, mask } = drawPart(904, { defect: 'hole' });
    const { heatmap, boxes, verdict, class: className } = await inspection.judge(picture);
    expect([verdict, className]).toEqual(['ng', 'defect']);
    const worst = heatmap!.data.indexOf(Math.max(...heatmap!.data));
    const x = ((worst % heatmap!.width) + 0.5) / heatmap!.width;
    const y = (Math.floor(worst / heatmap!.width) + 0.5) / heatmap!.height;
    let [sumX, sumY, area] = [0, 0, 0];
    for (const [at, inside] of mask.data.entries())
      if (inside) {
        sumX += (at % mask.width) + 0.5;
        sumY += Math.floor(at / mask.width) + 0.5;
        area++;
      }
    expect(Math.hypot(x - sumX / area / mask.width, y - sumY / area / mask.height)).toBeLessThan(0.2);
    expect(boxes.length).toBeGreaterThan(0);
    await inspection.close();
  }, 60_000);

  it('scores good parts by what others taught, whole lots left out', () => {
    const { heldOut, threshold } = model.card;
    expect(heldOut!.map(({ name }) => name)).toEqual(good.map(({ name }) => name).sort());
    const mean = heldOut!.reduce((sum, { score }) => sum + score, 0) / heldOut!.length;
    expect(Math.abs(mean)).toBeLessThan(2);
    expect(threshold).toBe(Math.max(...heldOut!.map(({ score }) => score)));
  });

  it('learns on another backbone, and by tiles', async () => {
    const settings = { side: 64, bank: 50, backbone: 'pp-lcnet', tile: 64 };
    const other = await anomalyKind.train({ good: good.slice(0, 4), defects: [] }, settings, 3, work);
    expect(other.card.settings).toMatchObject({ backbone: { name: 'pp-lcnet', licence: 'Apache-2.0' }, tile: 64 });
    const inspection = await anomalyKind.open(other, work);
    const { score, heatmap } = await inspection.judge(drawPart(5).picture);
    expect(Number.isFinite(score)).toBe(true);
    expect(heatmap!.width).toBeGreaterThan(4);
    await inspection.close();
  }, 60_000);

  it('refuses to learn from nothing', async () => {
    const none = anomalyKind.train({ good: [], defects: [] }, {}, 1, work);
    await expect(none).rejects.toMatchObject({ code: 'MANUVISION_NO_GOOD_PICTURES' });
  });
});
