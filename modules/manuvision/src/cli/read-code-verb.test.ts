import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods, verbs } from '../cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-codes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const run = (called: string, given: string[], options: Record<string, string | boolean> = {}) =>
  runVerb(host, verbs, called, given, options);

describe('millwright manuvision read code', () => {
  it('reads the set that codes damage wrote, in its folders, and proves it', async () => {
    const set = join(folder, 'set');
    await run('codes damage', [], { out: set, seed: '5', damage: 'rotation', format: 'QRCode,DataMatrix' });
    await writeFile(join(set, 'broken.png'), 'no picture');
    const truth = JSON.parse(await readFile(join(set, 'truth.json'), 'utf8')) as { file: string; value: string }[];
    expect(truth).toHaveLength(10);
    const evidence = join(folder, 'evidence.json');
    const said = await run('read code', [set], { evidence, format: 'QRCode,DataMatrix' });
    expect(said).toContain('broken.png  refused: ');
    const written = JSON.parse(await readFile(evidence, 'utf8'));
    expect(written.output.results).toHaveLength(11);
    for (const { file, value } of truth)
      expect(written.output.results).toContainEqual(expect.objectContaining({ file, value, steps: ['plain'] }));
    const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
    const { signal } = new AbortController();
    expect(await verifyEvidenceFile(evidence, { methodOf, signal })).toMatchObject({ status: 'proved', checked: 11 });
  });

  it('refuses what it cannot use, with a code', async () => {
    await expect(run('read code', [join(folder, 'none')])).rejects.toMatchObject({
      code: 'MANUVISION_PICTURES_MISSING',
    });
    const picture = join(folder, 'set', 'rotation', '1-QRCode-0.png');
    const wrong: Record<string, string>[] = [{ 'budget-ms': 'much' }, { known: join(folder, 'none.txt') }];
    for (const options of wrong)
      await expect(run('read code', [picture], options)).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
    await expect(run('codes damage', [], { out: folder, damage: 'fire' })).rejects.toMatchObject({
      code: 'MANUVISION_OPTION_INVALID',
    });
  });
});
