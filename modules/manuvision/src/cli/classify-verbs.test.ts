import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greyPlane } from '@millwright/imaging';
import { writeGreyPng } from '@millwright/imaging/test-support';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods, verbs } from '../cli.ts';
import { drawnTextures, drawTexture } from '../test/drawn-textures.ts';

let folder: string;
let data: string;
let model: string;
const settings = '{"side":64,"layers":["stride4","stride8"]}';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-classify-'));
  process.env.MILLWRIGHT_DATA = join(folder, 'kept');
  [data, model] = [join(folder, 'data'), join(folder, 'out', 'model.onnx')];
  await mkdir(join(data, 'IMAGES'), { recursive: true });
  for (const texture of drawnTextures)
    for (let at = 1; at <= 5; at++)
      await writeGreyPng(greyPlane(drawTexture(texture, at, 64)), join(data, 'IMAGES', `${texture}_${at}.png`));
  await writeFile(join(data, 'IMAGES', 'spots_6.png'), 'no picture');
});
afterAll(async () => {
  delete process.env.MILLWRIGHT_DATA;
  await rm(folder, { recursive: true, force: true });
});

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const run = (called: string, given: string[], options: Record<string, string | boolean> = {}) =>
  runVerb(host, verbs, called, given, options);

describe('millwright manuvision classify', () => {
  it('learns from three of each class, says how well it tells the rest, and proves it', async () => {
    const said = await run('classify train', [], { data, shots: '3', out: model, settings });
    expect(said).toContain('15, learnt from 9: grain 3, lines 3, spots 3');
    expect(said).toMatch(/accuracy {4}(100\.0|83\.3) % on 6 others/);
    expect(said).toContain('0 changed decisions');
    expect(said).toContain('left out    IMAGES/spots_6.png');
    const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
    const { signal } = new AbortController();
    const proof = await verifyEvidenceFile(join(folder, 'out', 'model.evidence.json'), { methodOf, signal });
    expect(proof).toMatchObject({ status: 'proved', checked: 16 });
  });

  it('tells the class of pictures, and how many of them rightly where their names say so', async () => {
    const said = await run('classify judge', [model], { data });
    expect(said).toMatch(/accuracy {3}(100\.0|93\.3) % of 15 by their names/);
    const evidence = JSON.parse(await readFile(join(folder, 'out', 'model.judge.evidence.json'), 'utf8'));
    expect(evidence.output.results[0]).toMatchObject({ file: 'IMAGES/grain_1.png', class: 'grain', verdict: 'ok' });
  });

  it('finds the textures again that coarse labels had put together', async () => {
    const many = join(folder, 'many');
    await mkdir(many);
    for (const texture of drawnTextures)
      for (let at = 1; at <= 16; at++)
        await writeGreyPng(greyPlane(drawTexture(texture, at, 64)), join(many, `${texture}_${at}.png`));
    const coarse = join(folder, 'coarse.csv');
    await writeFile(coarse, 'class,coarse\ngrain,dull\nlines,dull\nspots,pitted\n');
    const out = join(folder, 'fine');
    const said = await run('classify fine', [], { data: many, coarse, out, settings, 'hold-out': '0.25' });
    expect(said).toContain('dull: 32 pictures, 2 stable sub-classes');
    expect(said).toContain('pitted: 16 pictures, 1 stable sub-classes');
    const { output } = JSON.parse(await readFile(join(out, 'sub-classes.evidence.json'), 'utf8'));
    expect(output.measure.fineAccuracy).toBeGreaterThan(0.9);
    expect(output.measure.supervisedCeiling).toBeGreaterThanOrEqual(output.measure.fineAccuracy);
    expect(output.subClasses.map(({ name }: { name: string }) => name)).toEqual(['dull 1', 'dull 2', 'pitted']);
    expect((await readFile(join(out, 'sub-classes.png'))).subarray(1, 4).toString()).toBe('PNG');
  }, 30_000);

  it('says what is wrong with a call', async () => {
    const refused = (called: string, given: string[], options: Record<string, string>) =>
      expect(run(called, given, options)).rejects;
    await refused('classify train', [], { out: model }).toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
    await refused('classify train', [], { data, shots: '6', out: model }).toMatchObject({
      code: 'MANUVISION_CLASS_TOO_SMALL',
    });
    await refused('classify train', [], { data: join(data, 'IMAGES', 'spots_1.png'), out: model }).toMatchObject({
      code: 'MANUVISION_CLASSES_TOO_FEW',
    });
    await refused('classify judge', [join(data, 'IMAGES', 'spots_1.png')], { data }).toMatchObject({
      code: 'MANUVISION_MODEL_NOT_ONNX',
    });
  });
});
