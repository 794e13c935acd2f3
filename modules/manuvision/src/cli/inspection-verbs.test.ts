import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type DrawnDefect, drawPart, readPicture, writePng } from '@millwright/imaging';
import type { Verb, VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileMethods } from '../cli.ts';
import type { EvaluateSummary } from './evaluate-method.ts';
import { evaluateVerb } from './evaluate-verb.ts';
import type { JudgeSummary } from './judge-method.ts';
import { judgeVerb } from './judge-verb.ts';
import type { TrainSummary } from './train-method.ts';
import { trainVerb } from './train-verb.ts';

// The smallest kind there can be stands for all: what the verbs do around it is the same.
vi.mock('../kinds/registry.ts', async () => {
  const { brightnessKind } = await import('../kinds/test/brightness-kind.ts');
  const { manuvisionErrors } = await import('../errors.ts');
  return {
    kindNames: () => ['brightness'],
    inspectionKind: async (kind: string) => {
      if (kind === 'brightness') return brightnessKind;
      throw manuvisionErrors.MANUVISION_KIND_UNKNOWN({ kind, known: ['brightness'] });
    },
  };
});

let pictures: string;
let folder: string;
beforeAll(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'millwright-parts-'));
  await mkdir(join(pictures, 'good', 'Imgs'), { recursive: true });
  for (let seed = 1; seed <= 40; seed++)
    await writePng(drawPart(seed).picture, join(pictures, 'good', 'Imgs', `part ${seed}.png`));
  await mkdir(join(pictures, 'test-good'));
  for (let seed = 101; seed <= 110; seed++)
    await writePng(drawPart(seed).picture, join(pictures, 'test-good', `${seed}.png`));
  for (const [name, defect] of [
    ['孔 洞', 'hole'],
    ['burr', 'burr'],
  ] as const)
    await drawDefects(join(pictures, 'defects', name, 'Imgs'), defect);
  return () => rm(pictures, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-verbs-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function drawDefects(place: string, defect: DrawnDefect): Promise<void> {
  await mkdir(place, { recursive: true });
  for (let seed = 201; seed <= 206; seed++) {
    const { picture, mask } = drawPart(seed, { defect, strength: 1.5 });
    await writePng(picture, join(place, `${seed}.png`));
    const data = Uint8Array.from(mask.data, (value) => value * 255);
    await writePng({ ...picture, data }, join(place, `${seed}_mask.png`));
  }
}

interface Call {
  readonly arguments?: Record<string, string>;
  readonly options?: Record<string, string | boolean>;
  readonly signal?: AbortSignal;
}
const notes: string[] = [];
const run = (verb: Verb, { arguments: given = {}, options = {}, signal }: Call): Promise<unknown> =>
  verb.run({
    ...{ arguments: given, options, json: true, folder: join(folder, 'data'), allowedNetworks: [] },
    ...{ signal: signal ?? new AbortController().signal, progress: () => undefined },
    note: (text) => notes.push(text),
  } as Partial<VerbContext> as VerbContext);
const train = (options: Record<string, string> = {}, signal?: AbortSignal) =>
  run(trainVerb, {
    options: { good: join(pictures, 'good'), out: join(folder, 'model.onnx'), kind: 'brightness', ...options },
    ...(signal ? { signal } : {}),
  }) as Promise<TrainSummary & { seconds: number; peakMB: number; model: string; evidence: string }>;
const judge = (PICTURES: string, options: Record<string, string> = {}) =>
  run(judgeVerb, { arguments: { MODEL: join(folder, 'model.onnx'), PICTURES }, options }) as Promise<
    JudgeSummary & { msPerImage: number; evidence: string }
  >;
const verify = (file: string) =>
  verifyEvidenceFile(file, {
    methodOf: async (id, version) => fileMethods.find((one) => one.id === id && one.version === version),
    signal: new AbortController().signal,
  });

describe('train', () => {
  it('answers as its contract says, and its evidence can be proved', async () => {
    const answer = await train({ defects: join(pictures, 'defects'), 'false-rejects': '20' });
    expect(answer).toMatchObject({
      ...{ kind: 'brightness', images: 52, good: 40, defects: 12, classes: { '孔 洞': 6, burr: 6 }, leftOut: [] },
      seconds: expect.any(Number),
      peakMB: expect.any(Number),
      threshold: expect.any(Number),
      falseRejects: { asked: 20, per1000: 20, low: 0, high: expect.closeTo(88.1, 0), goodParts: 40 },
      misses: { defects: 12, missed: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
      parity: { pictures: 40, maxScoreDifference: 0, changedDecisions: 0, heatmapCorrelation: 1 },
      evidence: join(folder, 'model.evidence.json'),
    });
    expect(trainVerb.print?.(answer as never)).toMatch(/^misses +\d+ of 12 defects pass at this threshold; /m);
    expect((await readdir(folder)).sort()).toEqual(['model.card.json', 'model.evidence.json', 'model.onnx']);
    expect(await verify(answer.evidence)).toMatchObject({ status: 'proved' });
  });

  it('gives the same bytes again', async () => {
    await train();
    const first = await readFile(join(folder, 'model.onnx'));
    await train({ out: join(folder, 'again.onnx') });
    expect(Buffer.compare(first, await readFile(join(folder, 'again.onnx')))).toBe(0);
  });

  it('lists what it leaves out, and suspects among the good', async () => {
    const mixed = join(folder, 'mixed');
    await mkdir(mixed);
    for (let seed = 1; seed <= 30; seed++) await writePng(drawPart(seed).picture, join(mixed, `${seed}.png`));
    await writePng(drawPart(3).picture, join(mixed, 'again.png'));
    await writePng(drawPart(77, { defect: 'hole', strength: 2 }).picture, join(mixed, 'wrong.png'));
    await writeFile(join(mixed, 'empty.jpg'), '');
    await writeFile(join(mixed, 'notes.txt'), 'lot 5');
    const whole = await readFile(join(mixed, '1.png'));
    await writeFile(join(mixed, 'cut.png'), whole.subarray(0, whole.length / 2));
    const { leftOut, alike, suspects, images } = await train({ good: mixed });
    expect(leftOut.map(({ file }) => file)).toEqual(['cut.png', 'empty.jpg', 'notes.txt']);
    expect(alike).toEqual([['3.png', 'again.png']]);
    expect(suspects.map(({ name }) => name)).toEqual(['wrong.png']);
    expect(images).toBe(32);
  });

  it('makes no promise from one good part, and refuses none', async () => {
    const [one, none] = [join(folder, 'one'), join(folder, 'none')];
    await mkdir(one);
    await mkdir(none);
    await copyFile(join(pictures, 'good', 'Imgs', 'part 1.png'), join(one, 'a.png'));
    await writeFile(join(none, 'readme.txt'), 'nothing yet');
    expect(await train({ good: one })).toMatchObject({ images: 1, falseRejects: null, threshold: 4 });
    await expect(train({ good: none })).rejects.toMatchObject({ code: 'MANUVISION_NO_GOOD_PICTURES' });
    await expect(train({ good: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'MANUVISION_DATA_MISSING' });
    await expect(train({ defects: none })).rejects.toMatchObject({ code: 'MANUVISION_NO_DEFECT_PICTURES' });
  });

  it('refuses wrong options before it reads anything', async () => {
    await expect(train({ kind: 'magic' })).rejects.toMatchObject({ code: 'MANUVISION_KIND_UNKNOWN' });
    await expect(train({ seed: 'x' })).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
    await expect(train({ 'false-rejects': '0' })).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
    await expect(train({ group: 'lot' })).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 30);
    await expect(train({}, abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a full disk', () => {
  // The system itself refuses to write: no file may grow beyond a kilobyte.
  it.skipIf(process.platform === 'win32')(
    'is said, and leaves nothing behind',
    async () => {
      const fixture = fileURLToPath(new URL('./fixtures/train-here.ts', import.meta.url));
      const call = `ulimit -f 1; exec "$0" "$@"`;
      const { stdout } = await promisify(execFile)('bash', [
        ...['-c', call, process.execPath, fixture, join(pictures, 'test-good'), join(folder, 'model.onnx')],
      ]);
      expect(stdout).toBe('MANUVISION_WRITE_FAILED');
      const left = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(left.filter((one) => one.isFile())).toEqual([]);
    },
    60_000,
  );
});

describe('judge', () => {
  it('judges a folder, and a file, with heat maps, and proves it', async () => {
    await train();
    const answer = await judge(join(pictures, 'defects'), { heatmaps: join(folder, 'maps') });
    expect(answer.results.map(({ file }) => file)).toContain('孔 洞/Imgs/201.png');
    expect(answer.results).toHaveLength(12);
    expect(answer.results.every(({ verdict, boxes }) => verdict === 'ng' && boxes.length === 0)).toBe(true);
    expect(answer.msPerImage).toBeGreaterThan(0);
    expect(await readPicture(join(folder, 'maps', '孔 洞', 'Imgs', '201.png.png'))).toMatchObject({
      width: 96,
      channels: 3,
    });
    expect(await verify(answer.evidence)).toMatchObject({ status: 'proved' });
    const [one] = (await judge(join(pictures, 'test-good', '101.png'))).results;
    expect(one).toMatchObject({ file: '101.png', verdict: 'ok' });
  });

  it('refuses a picture that it cannot read, which at the line is not OK', async () => {
    await train();
    await writeFile(join(folder, 'broken.jpg'), 'no picture');
    const { results } = await judge(join(folder, 'broken.jpg'));
    expect(results).toMatchObject([
      { file: 'broken.jpg', verdict: 'refused', score: null, reason: expect.any(String) },
    ]);
  });
});

describe('evaluate', () => {
  it('measures pictures and pixels, and proves it', async () => {
    await train();
    const answer = (await run(evaluateVerb, {
      arguments: { MODEL: join(folder, 'model.onnx') },
      options: { good: join(pictures, 'test-good'), defects: join(pictures, 'defects') },
    })) as EvaluateSummary & { evidence: string };
    expect(answer).toMatchObject({
      ...{ imageAUROC: 1, good: 10, defects: 12, withMask: 12, missesAtPromise: 0, f1: expect.any(Number), f1Max: 1 },
      misses: { count: 0, of: 12, rate: 0, low: 0, high: expect.closeTo(0.265, 3) },
      byClass: { burr: { images: 6, misses: 0, imageAUROC: 1 }, '孔 洞': { images: 6 } },
    });
    expect(answer.pixelAUROC).toBeGreaterThan(0.85);
    expect(answer.aupro).toBeGreaterThan(0.6);
    expect(answer.iou).toBeNull();
    expect(answer.iouMax).toBeGreaterThan(0.1);
    expect(await verify(answer.evidence)).toMatchObject({ status: 'proved' });
  });
});
