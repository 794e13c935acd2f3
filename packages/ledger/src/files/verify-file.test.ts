import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { concludeFiles } from './evidence-file.ts';
import type { FileMethod } from './file-method.ts';
import { verifyEvidenceFile } from './verify-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-evidence-'));
  await writeFile(join(folder, 'numbers.txt'), '1\n2\n3\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Adds up the lines of a file, times a factor, and writes the sum. */
const sum = (version = '1', wrongBy = 0): FileMethod => ({
  ...{ id: 'test.sum', version, description: 'Adds up lines.' },
  async run(parameters, [input], { folder: place }) {
    const { factor } = parameters as { factor: number };
    const lines = (await readFile(input!, 'utf8')).trim().split('\n').map(Number);
    const total = lines.reduce((all, one) => all + one, 0) * factor + wrongBy;
    await writeFile(join(place, 'sum.txt'), `${total}\n`);
    return { output: { lines: lines.length, total }, files: ['sum.txt'] };
  },
});

const signal = new AbortController().signal;
const conclude = () =>
  concludeFiles({
    ...{ method: sum(), parameters: { factor: 2 }, inputs: [join(folder, 'numbers.txt')], signal },
    evidence: join(folder, 'out', 'evidence.json'),
  });
const verify = (method: FileMethod | undefined = sum(), folders: string[] = []) =>
  verifyEvidenceFile(join(folder, 'out', 'evidence.json'), {
    ...{ folders, signal },
    methodOf: async (id, version) => (id === method?.id && version === method.version ? method : undefined),
  });

describe('evidence in a file', () => {
  it('names method, parameters, inputs and output, and leaves nothing else behind', async () => {
    const { evidence, output } = await conclude();
    expect(output).toEqual({ lines: 3, total: 12 });
    expect(evidence).toMatchObject({
      ...{ version: 1, method: { id: 'test.sum', version: '1' }, parameters: { factor: 2 } },
      inputs: [{ kind: 'file', name: '../numbers.txt', bytes: 6 }],
      files: [{ part: 'sum.txt', name: 'sum.txt', bytes: 3 }],
    });
    expect((await readdir(join(folder, 'out'))).sort()).toEqual(['evidence.json', 'sum.txt']);
    expect(JSON.parse(await readFile(join(folder, 'out', 'evidence.json'), 'utf8'))).toEqual(evidence);
  });

  it('is proved by running the method again, also after all was moved together', async () => {
    await conclude();
    expect(await verify()).toEqual({ status: 'proved', checked: 1, method: { id: 'test.sum', version: '1' } });
    const moved = `${folder}-moved`;
    await rename(folder, moved);
    folder = moved;
    expect(await verify()).toMatchObject({ status: 'proved' });
  });

  it('says which input changed or is gone, and finds one that was moved by its content', async () => {
    await conclude();
    await mkdir(join(folder, 'archive'));
    await rename(join(folder, 'numbers.txt'), join(folder, 'archive', 'numbers.txt'));
    expect(await verify()).toMatchObject({
      status: 'inputs changed',
      changes: [{ message: '../numbers.txt is not there' }],
    });
    expect(await verify(sum(), [join(folder, 'archive')])).toMatchObject({ status: 'proved' });
    await writeFile(join(folder, 'numbers.txt'), '1\n2\n4\n');
    expect(await verify()).toMatchObject({
      changes: [{ reference: '../numbers.txt', message: '../numbers.txt has other content' }],
    });
    expect(await verify(sum(), [join(folder, 'archive')])).toMatchObject({ status: 'proved' });
  });

  it('says where the result differs: in the output, in a file, or in what lies there now', async () => {
    await conclude();
    expect(await verify(sum('1', 1))).toMatchObject({
      status: 'differs',
      differences: [{ path: '/output/total', recorded: 12, now: 13 }, { path: '/files/sum.txt' }],
    });
    await writeFile(join(folder, 'out', 'sum.txt'), '13\n');
    expect(await verify()).toMatchObject({ status: 'differs', differences: [{ path: '/files/sum.txt' }] });
    await rm(join(folder, 'out', 'sum.txt'));
    expect(await verify()).toMatchObject({ status: 'differs', differences: [{ path: '/files/sum.txt', now: null }] });
  });

  it('says that the method is gone, and refuses what is no evidence', async () => {
    await conclude();
    expect(await verify(sum('2'))).toMatchObject({ status: 'method gone' });
    const file = join(folder, 'out', 'evidence.json');
    for (const text of ['', '[]', '{"version":2}', '{"version":1,"method":"x"}']) {
      await writeFile(file, text);
      await expect(verify()).rejects.toMatchObject({ code: 'LEDGER_EVIDENCE_INVALID' });
    }
    await rm(file);
    await expect(verify()).rejects.toMatchObject({ code: 'LEDGER_EVIDENCE_INVALID' });
  });

  it('leaves nothing when the method fails', async () => {
    const failing: FileMethod = { ...sum(), run: () => Promise.reject(new Error('no')) };
    const failed = concludeFiles({
      ...{ method: failing, parameters: {}, inputs: [join(folder, 'numbers.txt')], signal },
      evidence: join(folder, 'out', 'evidence.json'),
    });
    await expect(failed).rejects.toThrow('no');
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });

  it('never writes in the place of what it reads', async () => {
    const numbers = join(folder, 'numbers.txt');
    const over = (more: object) =>
      concludeFiles({
        ...{ method: sum(), parameters: { factor: 2 }, inputs: [numbers], signal },
        evidence: join(folder, 'out', 'evidence.json'),
        ...more,
      });
    for (const more of [{ evidence: numbers }, { files: { 'sum.txt': numbers } }, { files: () => numbers }])
      await expect(over(more)).rejects.toMatchObject({ code: 'LEDGER_EVIDENCE_OVER_INPUT' });
    expect(await readFile(numbers, 'utf8')).toBe('1\n2\n3\n');
  });
});
