import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods, verbs } from '../../cli.ts';
import { renderedHead } from '../test-support/rendered.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attributes-'));
  await render(join(folder, 'teach'), 1, 10);
  await render(join(folder, 'others'), 300, 10);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function render(into: string, from: number, count: number): Promise<void> {
  for (const side of ['with', 'without'])
    for (let seed = from; seed < from + count; seed++) {
      const place = join(into, side, `person ${Math.floor(seed / 2)}`);
      await mkdir(place, { recursive: true });
      const { data, width, height } = renderedHead(side === 'with', seed);
      await sharp(data, { raw: { width, height, channels: 3 } })
        .extract({ left: 10, top: 6, width: 76, height: 80 })
        .png()
        .toFile(join(place, `${seed}.png`));
    }
}

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const teach = (options: Record<string, string> = {}, where = 'teach') =>
  runVerb(host, verbs, 'attribute teach', [join(folder, where)], { name: 'hard hat', ...options });
const modelPath = () => join(folder, 'teach', 'attribute.json');

describe('attribute teach', () => {
  it('writes a model with its accuracy, and evidence that proves it', async () => {
    const printed = await teach();
    expect(printed).toContain('hard hat (head): 10 examples with, 10 without, from 6 people or pictures');
    expect(printed).toContain('on examples not learnt from (95 % interval');
    expect(printed).toContain(modelPath());
    expect(JSON.parse(await readFile(modelPath(), 'utf8'))).toMatchObject({
      ...{ format: 'millwright-attribute', name: 'hard hat' },
    });
    const evidence = join(folder, 'teach', 'attribute.evidence.json');
    const { output } = JSON.parse(await readFile(evidence, 'utf8'));
    expect(output.validation.balancedAccuracy).toBeGreaterThan(0.75);
    const { signal } = new AbortController();
    const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
    expect(await verifyEvidenceFile(evidence, { methodOf, signal })).toMatchObject({ status: 'proved', checked: 20 });
  });

  it('refuses a folder without pictures, and options it does not know', async () => {
    await mkdir(join(folder, 'empty', 'with'), { recursive: true });
    await expect(teach({}, 'empty')).rejects.toMatchObject({ code: 'ATTRIBUTE_FOLDER_EMPTY' });
    await expect(teach({ part: 'ears' })).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
    await expect(teach({ shows: 'all' })).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
  });

  it('names the picture that cannot be read', async () => {
    await mkdir(join(folder, 'broken', 'with'), { recursive: true });
    await writeFile(join(folder, 'broken', 'with', 'torn.jpg'), 'no picture');
    await expect(teach({}, 'broken')).rejects.toMatchObject({
      code: 'ATTRIBUTE_PICTURE_UNREADABLE',
      details: { file: expect.stringContaining('torn.jpg') },
    });
  });
});

describe('attribute check', () => {
  it('tells pictures it was not taught with', async () => {
    await teach();
    const check = (pictures: string) => runVerb(host, verbs, 'attribute check', [modelPath(), join(folder, pictures)]);
    const [, accuracy] = /accuracy ([\d.]+) %/.exec(await check('others'))!;
    expect(Number(accuracy)).toBeGreaterThan(75);
    expect(await check('others/with/person 150/300.png')).toMatch(/^(hard hat|no hard hat|cannot tell) +[\d.]+ %/);
    await expect(check('nothing')).rejects.toMatchObject({ code: 'MATRIXVISION_FILE_UNREADABLE' });
  });

  it('refuses a file that is no model', async () => {
    const file = join(folder, 'x.json');
    await writeFile(file, '{"format":"millwright-attribute"}');
    const run = () => runVerb(host, verbs, 'attribute check', [file, join(folder, 'others')]);
    await expect(run()).rejects.toMatchObject({ code: 'ATTRIBUTE_MODEL_INVALID' });
    await writeFile(file, 'no JSON');
    await expect(run()).rejects.toMatchObject({ code: 'MATRIXVISION_FILE_UNREADABLE' });
  });
});
