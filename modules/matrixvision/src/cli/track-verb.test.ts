import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVerb } from '@millwright/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-track-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A verb that only computes asks no server. */
const host = {
  call: () => Promise.reject(new Error('no server is asked')),
  jobEnd: () => Promise.reject(new Error('no job is followed')),
};
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index + 1},-1,${100 + index * 3},200,40,100,0.9,-1,-1,-1\n`).join('');

describe('millwright matrixvision track', () => {
  it('writes tracks and evidence, and says at how many pictures a second', async () => {
    const detections = join(folder, 'det.txt');
    await writeFile(detections, lines(20));
    const out = join(folder, 'out', 'tracks.txt');
    const said = await runVerb(host, verbs, 'track', [detections], { out, fps: '10' });
    expect(said).toContain('20 detections in 20 frames (10 a second): 1 tracks of 20 boxes');
    const written = (await readFile(out, 'utf8')).trim().split('\n');
    expect(written).toHaveLength(20);
    expect(written[0]).toMatch(/^1,1,\d+(\.\d+)?,/);
    const evidence = JSON.parse(await readFile(join(folder, 'out', 'tracks.evidence.json'), 'utf8'));
    expect(evidence).toMatchObject({
      method: { id: 'matrixvision.track', version: '2' },
      inputs: [{ kind: 'file', name: '../det.txt' }],
      output: { frames: 20, tracks: 1 },
      files: [{ part: 'tracks.txt', name: 'tracks.txt' }],
    });
  });

  it('reads seqinfo.ini beside the folder of the detections', async () => {
    await writeFile(join(folder, 'seqinfo.ini'), '[Sequence]\nframeRate=7\nseqLength=30\nimWidth=640\nimHeight=480\n');
    await writeFile(join(folder, 'det.txt'), lines(20));
    const said = await runVerb(host, verbs, 'track', [join(folder, 'det.txt')], { out: join(folder, 'tracks.txt') });
    expect(said).toContain('in 30 frames (7 a second)');
  });

  it('refuses what it cannot use, with a code', async () => {
    const run = (given: string, options: object = {}) =>
      runVerb(host, verbs, 'track', [given], { out: join(folder, 'tracks.txt'), ...options });
    const detections = join(folder, 'det.txt');
    await writeFile(detections, '1,-1,0,0,10,10,1\n1,-1,nothing\n');
    await expect(run(detections)).rejects.toMatchObject({ code: 'MATRIXVISION_MOT_INVALID', details: { line: 2 } });
    await expect(run(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'MATRIXVISION_FILE_UNREADABLE' });
    await expect(run(folder)).rejects.toMatchObject({ code: 'MATRIXVISION_FILE_UNREADABLE' });
    await writeFile(detections, lines(3));
    for (const options of [{ fps: '-1' }, { fps: 'many' }, { size: '10' }])
      await expect(run(detections, options)).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
    await writeFile(detections, '');
    expect(await run(detections)).toContain('0 detections');
  });
});
