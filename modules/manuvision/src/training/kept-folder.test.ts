import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { brightnessKind } from '../kinds/test/brightness-kind.ts';
import { resumably } from './kept-folder.ts';

let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'millwright-kept-'));
});
afterAll(() => rm(cache, { recursive: true }));

const training = { kind: brightnessKind, settings: {}, seed: 1, parts: { good: [], defects: [] } };
const content = Buffer.from('what was found out');
const runs = () => readdir(join(cache, 'training')).catch(() => []);
const cut = (more: object = {}) =>
  expect(
    resumably(cache, { ...training, ...more }, async (kept) => {
      await kept.put('one', content);
      throw new Error('the power went out');
    }),
  ).rejects.toThrow('the power');
const found = (more: object = {}) =>
  resumably(cache, { ...training, ...more }, async (kept) => (await kept.get('one'))?.toString());

it('keeps what a cut training found out, for the same training alone, until it is done', async () => {
  await cut();
  expect(await found({ seed: 2 })).toBeUndefined();
  expect(await found()).toBe('what was found out');
  expect(await runs()).toEqual([]);
});

it('makes again what was cut while it was written, or was altered', async () => {
  for (const harm of [(whole: Buffer) => whole.subarray(0, -1), (whole: Buffer) => whole.fill(65, whole.length - 1)]) {
    await cut();
    const file = join(cache, 'training', (await runs())[0]!, 'one');
    await writeFile(file, harm(await readFile(file)));
    expect(await found()).toBeUndefined();
  }
});

it('takes away what was cut long ago', async () => {
  await cut({ seed: 3 });
  const old = join(cache, 'training', 'long ago');
  await mkdir(old);
  const then = Date.now() / 1000 - 8 * 24 * 3600;
  await utimes(old, then, then);
  await found();
  expect(await runs()).toHaveLength(1);
  expect(await found({ seed: 3 })).toBe('what was found out');
});
