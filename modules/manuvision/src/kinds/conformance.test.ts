import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrawnDefect, drawPart, type Picture } from '@millwright/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelFile } from '../model-file/model-file.ts';
import { readModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile, writeModelFile } from '../model-file/write-model-file.ts';
import { openPlain } from '../parity/plain-inspection.ts';
import { resumably } from '../training/kept-folder.ts';
import type {
  Estimate,
  Inspection,
  InspectionKind,
  Judgement,
  LabelledPicture,
  PartPicture,
  TrainingParts,
  Work,
} from './inspection.ts';
import { inspectionKind, kindNames } from './registry.ts';
import { settingsOf } from './settings-of.ts';
import { brightnessKind } from './test/brightness-kind.ts';

/** What every kind of inspection keeps, on drawn parts. A kind is held to it by being registered. */
const kinds: readonly (readonly [string, () => Promise<InspectionKind>])[] = [
  ['brightness', async () => brightnessKind],
  ...kindNames().map((name) => [name, () => inspectionKind(name)] as const),
];

let folder: string;
let work: Work;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-kinds-'));
  work = { cache: join(folder, 'cache'), signal: new AbortController().signal, progress: () => undefined };
});
afterAll(() => rm(folder, { recursive: true }));

const good = (count: number, first = 1, size?: { width: number; height: number }): PartPicture[] =>
  Array.from({ length: count }, (_, at) => {
    const name = `good-${String(first + at).padStart(3, '0')}.png`;
    return { name, group: name, read: async () => drawPart(first + at, size).picture };
  });
const bad = (defect: DrawnDefect, count: number, first: number): LabelledPicture[] =>
  Array.from({ length: count }, (_, at) => {
    const name = `${defect}-${first + at}.png`;
    const drawn = () => drawPart(first + at, { defect });
    return {
      name,
      group: name,
      className: defect,
      read: async () => drawn().picture,
      readMask: async () => drawn().mask,
    };
  });
/** With defects, since some kinds learn from them and all must accept them. */
const someParts = (): TrainingParts => ({ good: good(16), defects: [...bad('hole', 4, 500), ...bad('stain', 4, 600)] });
/** Where a kind would look long for what is not there. */
const settingsFor: Readonly<Record<string, object>> = { codes: { budgetMs: 20 } };
const seen = (): Picture[] => [
  ...[801, 802].map((seed) => drawPart(seed).picture),
  ...[901, 902].map((seed) => drawPart(seed, { defect: 'hole' }).picture),
];

describe.each(kinds)('the kind %s', (name, load) => {
  const settings = settingsFor[name] ?? {};
  let kind: InspectionKind;
  let trained: ModelFile;
  let file: string;
  let inspection: Inspection;
  let judged: Judgement[];
  let estimated: Estimate;
  /** Of the processor, since what else the machine does counts in all others. */
  let seconds: number;
  /** Megabytes at most while it was trained. */
  let held = 0;
  beforeAll(async () => {
    kind = await load();
    estimated = await kind.estimate(someParts(), settingsOf(kind, settings), work);
    const started = process.cpuUsage();
    const progress = () => {
      held = Math.max(held, process.memoryUsage.rss() / 1024 ** 2);
    };
    trained = await kind.train(someParts(), settings, 7, { ...work, progress });
    const { user, system } = process.cpuUsage(started);
    seconds = (user + system) / 1e6;
    file = join(folder, `${name}.onnx`);
    await writeModelFile(trained, file);
    inspection = await kind.open(await readModelFile(file), work);
    judged = [];
    for (const picture of seen()) judged.push(await inspection.judge(picture));
  }, 60_000);
  afterAll(() => inspection.close());

  it('tells before it is trained what that takes: time of the right size, and more memory than it uses', () => {
    // Other tests take turns with its probe. Where nothing is learnt, the certificate is nearly all of it, and is not made here.
    if (kind.learns) expect(estimated.seconds).toBeLessThan(20 * seconds + 5);
    expect(estimated.seconds).toBeGreaterThan(seconds / 20);
    expect(estimated.megabytes).toBeGreaterThan(held);
  });

  it('says what it is in its card, and what it can be told', async () => {
    const { card } = await readModelFile(file);
    expect(kind.name).toBe(name);
    expect(card).toMatchObject({ format: 1, kind: name, seed: 7, trainedOn: { good: 16 } });
    // Every member has a default, and what it gives is taken again.
    const usual = settingsOf(kind, {});
    expect(settingsOf(kind, usual)).toEqual(usual);
    expect(() => settingsOf(kind, { 'no such': 1 })).toThrow(`settings of the kind ${name}`);
  });

  it('stops when it is told to; taken up again, it gives the bytes of one that was not cut', async () => {
    const parts = someParts();
    const abort = new AbortController();
    let read = 0;
    const stopping = parts.good.map((part) => ({
      ...part,
      read: async () => {
        read += 1;
        if (read === 3) abort.abort();
        return part.read();
      },
    }));
    const cut = { kind, settings, seed: 7, parts: { ...parts, good: stopping } };
    const training = resumably(work.cache, cut, (kept) =>
      kind.train(cut.parts, settings, 7, { ...work, kept, signal: abort.signal }),
    );
    await expect(training).rejects.toMatchObject({ name: 'AbortError' });
    const again = await resumably(work.cache, { ...cut, parts }, (kept) =>
      kind.train(parts, settings, 7, { ...work, kept }),
    );
    expect(Buffer.compare(encodeModelFile(again), encodeModelFile(trained))).toBe(0);
    expect(await readdir(join(work.cache, 'training')).catch(() => [])).toEqual([]);
  }, 60_000);

  it('comes back from its file, and judges as it did before it was one', async () => {
    const before = await kind.open(trained, work);
    for (const [at, picture] of seen().entries()) expect(await before.judge(picture)).toEqual(judged[at]);
    await before.close();
  }, 60_000);

  it('tells a part with a hole from good ones', () => {
    const [one, other, ...holes] = judged;
    for (const { score, heatmap } of holes) {
      if (score !== null) expect(score).toBeGreaterThan(Math.max(one!.score!, other!.score!));
      if (heatmap) expect(heatmap.data.length).toBe(heatmap.width * heatmap.height);
    }
  });

  it('judges alike in plain ONNX Runtime by the threshold in the file, where its network is enough', async () => {
    const model = await readModelFile(file);
    if (!kind.shown || model.card.threshold === null) return;
    const shown = kind.shown(model);
    // At the threshold it was given, and at one that a person accepted: right at a score, and right below it.
    const scores = await Promise.all(seen().map(async (picture) => (await inspection.judge(picture)).score!));
    for (const threshold of [model.card.threshold, scores[0]!, scores[0]! - 1e-12]) {
      const retuned = { ...model, card: { ...model.card, threshold } };
      const own = await kind.open(retuned, work);
      const plain = await openPlain(encodeModelFile(retuned), shown);
      for (const picture of seen()) {
        const [one, other] = [await own.judge(picture), await plain.judge(picture)];
        expect(other).toEqual({ score: one.score, isRejected: one.verdict !== 'ok' });
      }
      await plain.close();
      await own.close();
    }
  }, 60_000);

  it('judges pictures of any size, depth and content without failing', async () => {
    const even = (width: number, height: number, value: number): Picture => ({
      ...{ width, height, channels: 1, depth: 8, data: new Uint8Array(width * height).fill(value) },
    });
    const colour: Picture = {
      width: 40,
      height: 70,
      channels: 3,
      depth: 8,
      data: new Uint8Array(40 * 70 * 3).fill(90),
    };
    const deep: Picture = {
      width: 96,
      height: 96,
      channels: 1,
      depth: 16,
      data: new Uint16Array(96 * 96).fill(30_000),
    };
    for (const picture of [even(96, 96, 0), even(1, 1, 128), even(300, 20, 255), colour, deep]) {
      const { score, verdict } = await inspection.judge(picture);
      expect(['ok', 'ng', 'refused']).toContain(verdict);
      if (score !== null) expect(Number.isFinite(score)).toBe(true);
    }
  }, 60_000);

  it('learns from one good picture, and from pictures of mixed sizes', async () => {
    const defects = [...bad('hole', 2, 500), ...bad('stain', 2, 600)];
    for (const few of [good(1), [...good(2, 1), ...good(2, 11, { width: 140, height: 90 })]]) {
      const own = await kind.open(await kind.train({ good: few, defects }, settings, 1, work), work);
      expect(['ok', 'ng', 'refused']).toContain((await own.judge(drawPart(3).picture)).verdict);
      await own.close();
    }
  }, 60_000);
});
