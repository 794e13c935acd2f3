import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePng } from '@millwright/imaging';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileMethods, verbs } from '../cli.ts';
import { drawnBoard, drawnLabel, seenPrint } from '../template/test/drawn-print.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-template-'));
  await mkdir(join(folder, 'boards', 'a'), { recursive: true });
  await mkdir(join(folder, 'labels'));
  const write = (path: string, ...drawn: Parameters<typeof seenPrint>) =>
    writePng(seenPrint(...drawn), join(folder, path));
  await Promise.all([
    ...['one', 'two', 'bad'].map((name) => write(`boards/a/${name}_temp.png`, drawnBoard())),
    write('boards/a/one_test.png', drawnBoard('open', 'copper'), { dx: 2 }),
    write('boards/a/two_test.png', drawnBoard(), { dy: -3 }),
    ...[1, 2, 3, 4].map((seed) => write(`labels/${seed}.png`, drawnLabel(), { dx: seed, noise: 10, seed })),
    write('next.png', drawnLabel([4, 0, null, 2, 9]), { noise: 10, seed: 9 }),
    writeFile(join(folder, 'boards/a/bad_test.png'), 'no picture'),
    writeFile(join(folder, 'boards/a/one.txt'), '112 30 142 64 1\n32 100 64 128 5\n60 48 66 72 2\n'),
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const run = (called: string, given: string[], options: Record<string, string | boolean> = {}) =>
  runVerb(host, verbs, called, given, options);

describe('millwright manuvision template', () => {
  it('judges pairs, writes their boxes, scores them and proves it', async () => {
    const out = join(folder, 'found');
    const said = await run('template evaluate', [join(folder, 'boards')], { out });
    expect(said).toContain('REFUSED   a/bad');
    expect(said).toContain('OK        a/two');
    expect(said).toMatch(/NG {8}a\/one {2}1 \w+, 1 \w+/);
    // Both classes of a box that is there are found, of the third none.
    expect(said).toContain('mAP 0.6667  F 0.8000  precision 1.0000  recall 0.6667  at IoU above 0.33, 1 pairs');
    const lines = (await readFile(join(out, 'one.txt'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => line.split(' ')[4]).sort()).toEqual(['1', '5']);
    expect(await readFile(join(out, 'two.txt'), 'utf8')).toBe('');
    const methodOf = async (id: string) => fileMethods.find((method) => method.id === id);
    const { signal } = new AbortController();
    const evidence = join(out, 'template-pairs.evidence.json');
    expect(await verifyEvidenceFile(evidence, { methodOf, signal })).toMatchObject({ status: 'proved' });
    const { output } = JSON.parse(await readFile(evidence, 'utf8'));
    expect(output.results[1]).toMatchObject({ file: 'a/one', verdict: 'ng' });
    expect(Object.keys(output.results[1].boxes[0]).sort()).toEqual(['class', 'height', 'score', 'width', 'x', 'y']);
  }, 30_000);

  it('trains on good labels and judges one that misses a digit', async () => {
    const model = join(folder, 'label.onnx');
    await run('template train', [], { good: join(folder, 'labels'), out: model, template: '2.png' });
    const out = join(folder, 'judged');
    const said = await run('template judge', [model, join(folder, 'next.png')], { out });
    expect(said).toMatch(/NG {8}next\.png {2}.*missing/);
    expect(await readFile(join(out, 'next.txt'), 'utf8')).toMatch(/^(\d+ ){4}missing 0\.\d{3}\n/);
  }, 30_000);

  it('refuses what it cannot use, with a code', async () => {
    const wrong: [string, string[], Record<string, string | boolean>, string][] = [
      ['template judge', [join(folder, 'labels')], { pairs: true }, 'MANUVISION_TEMPLATE_NO_PAIRS'],
      ['template judge', [join(folder, 'none')], { pairs: true }, 'MANUVISION_TEMPLATE_NO_PAIRS'],
      ['template judge', [join(folder, 'label.onnx')], {}, 'MANUVISION_OPTION_INVALID'],
      [
        'template evaluate',
        [join(folder, 'boards')],
        { truth: join(folder, 'labels') },
        'MANUVISION_TEMPLATE_NO_TRUTH',
      ],
      ['template evaluate', [join(folder, 'boards')], { classes: 'cloth' }, 'MANUVISION_OPTION_INVALID'],
    ];
    for (const [verb, given, options, code] of wrong)
      await expect(run(verb, given, options)).rejects.toMatchObject({ code });
  });
});
