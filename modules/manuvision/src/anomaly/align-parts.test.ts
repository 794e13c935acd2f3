import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyTransform,
  invertTransform,
  type Picture,
  type Plane,
  type Point,
  type Transform,
} from '@millwright/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillShapes } from '../datasets/regions/fill-shapes.ts';
import { explain } from '../explanations/explain.ts';
import type { Patch } from '../explanations/patch.ts';
import type { Inspection, PartPicture, Work } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { readModelFile } from '../model-file/read-model-file.ts';
import { writeModelFile } from '../model-file/write-model-file.ts';
import { moved, part, seen, size, spoilt, spot } from '../test/drawn-bracket.ts';
import { anomalyKind } from './anomaly-kind.ts';

/** Up to a tenth of the side and 5 degrees, spread evenly. */
const place = (at: number): Transform =>
  moved(12.8 * Math.sin(at * 2.4), 12.8 * Math.cos(at * 1.7), 5 * Math.sin(at * 3.1));

describe('parts that lie otherwise', () => {
  let folder: string;
  let work: Work;
  let model: ModelFile;
  let inspection: Inspection;
  const good = Array.from({ length: 8 }, (_, at): PartPicture => {
    const name = `good-${at}`;
    return { name, group: name, read: async () => seen(part, place(at), at) };
  });
  const settings = { side: 256, bank: 60 };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'align-'));
    work = { cache: folder, signal: new AbortController().signal, progress: () => undefined };
    const trained = await anomalyKind.train({ good, defects: [] }, { ...settings, align: 'rigid' }, 3, work);
    await writeModelFile(trained, join(folder, 'model.onnx'));
    model = await readModelFile(join(folder, 'model.onnx'));
    inspection = await anomalyKind.open(model, work);
  }, 60_000);
  afterAll(async () => {
    await inspection.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are brought to one place: good ones pass, and a defect is found where it is in the picture that came', async () => {
    for (const at of [21, 22, 23]) {
      const transform = place(at);
      const { score } = await inspection.judge(seen(part, transform, at));
      const bad = await inspection.judge(seen(spoilt, transform, at));
      expect(score).toBeLessThan(2);
      expect(bad.score).toBeGreaterThan(score! + 2);
      expect(bad.verdict).toBe('ng');
      const { width, data } = bad.heatmap!;
      const worst = data.indexOf(Math.max(...data));
      const found = { x: ((worst % width) + 0.5) / width, y: (Math.floor(worst / width) + 0.5) / bad.heatmap!.height };
      const truth = applyTransform(invertTransform(transform)!, spot);
      expect(Math.hypot(found.x * size - truth.x, found.y * size - truth.y)).toBeLessThan(14);
      expect(
        bad.boxes.some(
          ({ x, y, width: across, height }) =>
            truth.x >= x && truth.y >= y && truth.x <= x + across && truth.y <= y + height,
        ),
      ).toBe(true);
    }
  }, 60_000);

  it('are explained by what was drawn on them as they came, and where it lies in the picture that came', async () => {
    /** Spoilt at a place that somebody drew, and worse at another one that nobody did. */
    const twice: Plane = {
      ...spoilt,
      data: spoilt.data.map((value, at) =>
        Math.hypot((at % size) - 100, Math.floor(at / size) - 100) < 14 ? 1 : value,
      ),
    };
    const transform = place(31);
    const truth = applyTransform(invertTransform(transform)!, spot);
    const box = { x: Math.round(truth.x) - 6, y: Math.round(truth.y) - 6, width: 12, height: 12 };
    const mask = fillShapes([{ kind: 'box', ...box }], size, size);
    const known = { group: 'known', className: 'dent', read: async () => seen(twice, transform, 31) };
    const defects = [
      { ...known, name: 'boxed', boxes: [{ ...box, className: 'dent' }] },
      { ...known, name: 'painted', readMask: async () => mask },
    ];
    const own = place(22);
    const request = { model, name: 'it', picture: seen(spoilt, own, 22), good, defects, confirmed: [] };
    const { places } = await explain(request, work);
    const isOn = ({ area }: Patch, { x, y }: Point) =>
      x >= area!.x && y >= area!.y && x <= area!.x + area!.width && y <= area!.y + area!.height;
    expect(isOn(places[0]!, applyTransform(invertTransform(own)!, spot))).toBe(true);
    expect(places[0]!.defects.map(({ picture }) => picture).sort()).toEqual(['boxed', 'painted']);
    for (const near of places[0]!.defects) expect(isOn(near, truth)).toBe(true);
  }, 60_000);

  it('judge as it came what shows no such part', async () => {
    const picture = seen(part, place(0), 1);
    const empty: Picture = { ...picture, data: new Uint8Array(size * size).fill(40) };
    const { verdict, score } = await inspection.judge(empty);
    expect(verdict).toBe('ng');
    expect(score).toBeGreaterThan(model.card.threshold!);
  }, 60_000);
});
