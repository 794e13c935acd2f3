import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods } from '../cli.ts';
import type { ReadingAnswer } from '../reading/command/read-pictures.ts';
import { drawnDial, drawnDrum, drawnPng } from '../reading/test/drawn.ts';
import { readDialVerb } from './read-dial-verb.ts';
import { readDigitsVerb } from './read-digits-verb.ts';
import { readTextVerb } from './read-text-verb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-reading-'));
  await mkdir(join(folder, 'in', 'camera 2'), { recursive: true });
  await writeFile(join(folder, 'in', 'three.png'), await drawnPng(drawnDrum(3, 0)));
  await writeFile(join(folder, 'in', 'camera 2', '七.png'), await drawnPng(drawnDrum(7, 0)));
  await writeFile(join(folder, 'in', 'broken.jpg'), 'no picture');
  await writeFile(join(folder, 'in', 'notes.txt'), 'left out');
  await mkdir(join(folder, 'empty'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (verb: Verb, pictures: string, options: Record<string, string> = {}) => {
  const context = {
    arguments: { PICTURES: pictures },
    options: { evidence: join(folder, 'evidence.json'), ...options },
    signal: new AbortController().signal,
    progress: () => undefined,
  };
  return Promise.resolve(context as unknown as VerbContext).then((given) => verb.run(given)) as Promise<ReadingAnswer>;
};

describe('read', () => {
  it('digits reads a folder and those in it, refuses what is no picture, and can be proved', async () => {
    const { results, evidence } = await run(readDigitsVerb, join(folder, 'in'));
    expect(results).toMatchObject([
      { file: 'broken.jpg', value: null, confidence: null, reason: 'unreadable-picture' },
      { file: 'camera 2/七.png', value: '7' },
      { file: 'three.png', value: '3' },
    ]);
    const methodOf = async (id: string, version: string) =>
      fileMethods.find((method) => method.id === id && method.version === version);
    const proof = () => verifyEvidenceFile(evidence, { methodOf, signal: new AbortController().signal });
    expect(await proof()).toMatchObject({ status: 'proved', checked: 3 });
    const told = JSON.parse(await readFile(evidence, 'utf8'));
    told.output.results[2].value = '8';
    await writeFile(evidence, JSON.stringify(told));
    expect(await proof()).toMatchObject({ status: 'differs' });
  });

  it('dial reads one picture', async () => {
    const picture = join(folder, 'dial.png');
    await writeFile(picture, await drawnPng(drawnDial(0.25)));
    const { results } = await run(readDialVerb, picture);
    expect(results[0]!.file).toBe('dial.png');
    expect(Math.abs(Number(results[0]!.value) - 2.5)).toBeLessThan(0.2);
  });

  it('says what is wrong with a call', async () => {
    const picture = join(folder, 'in', 'three.png');
    const option = { code: 'MANUVISION_OPTION_INVALID' };
    await expect(run(readDialVerb, picture, { direction: 'left' })).rejects.toMatchObject(option);
    await expect(run(readDialVerb, picture, { 'zero-angle': 'up' })).rejects.toMatchObject(option);
    await expect(run(readTextVerb, picture, { language: 'fr' })).rejects.toMatchObject(option);
    await expect(run(readTextVerb, picture, { format: 'serial:(' })).rejects.toMatchObject({
      code: 'MANUVISION_FORMAT_INVALID',
    });
    await expect(run(readDigitsVerb, join(folder, 'empty'))).rejects.toMatchObject({
      code: 'MANUVISION_PICTURES_MISSING',
    });
  });
});
