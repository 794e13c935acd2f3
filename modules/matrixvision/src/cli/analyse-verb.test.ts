import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RenderOptions, renderVideo } from '@millwright/media/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnalyse, verifyAnalysis } from '../test-support/run-analyse.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-analyse-'));
  await writeFile(at('notes.txt'), 'no video at all\n'.repeat(100));
  await writeFile(at('empty.mp4'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const render = (name: string, options: Omit<RenderOptions, 'path'> = {}) => renderVideo({ path: at(name), ...options });
const card = (changes: object) =>
  JSON.stringify({
    ...{ name: 'theirs', version: '1', file: 'theirs.onnx', classes: ['person'], threshold: 0.3 },
    input: { layout: 'nchw', type: 'float32', scale: 1, size: { width: 64, height: 64 }, fit: 'stretch' },
    output: { family: 'yolo', form: 'anchor-free' },
    ...changes,
  });

describe('analyse refuses', () => {
  it.each([
    ['a video that is not there', 'none.mp4', {}, 'MATRIXVISION_FILE_UNREADABLE'],
    ['a folder', '.', {}, 'MATRIXVISION_FILE_UNREADABLE'],
    ['half frames', 'notes.txt', { every: '1.5' }, 'MATRIXVISION_OPTION_INVALID'],
    ['no frames', 'notes.txt', { every: '0' }, 'MATRIXVISION_OPTION_INVALID'],
    ['a rules file that is not there', 'notes.txt', { rules: '/none/rules.json' }, 'JSON_ARGUMENT_INVALID'],
    ['an unknown network', 'notes.txt', { model: 'yolo' }, 'INFERENCE_MODEL_UNKNOWN'],
    ['labels that the network does not know', 'notes.txt', { labels: 'unicorn' }, 'INFERENCE_LABELS_UNKNOWN'],
    ['what is no video', 'notes.txt', {}, 'MEDIA_UNREADABLE'],
    ['a file of no bytes', 'empty.mp4', {}, 'MEDIA_UNREADABLE'],
    ['a folder below a file', 'notes.txt', { out: 'notes.txt/out' }, 'MATRIXVISION_FOLDER_UNWRITABLE'],
    [
      'a file for tracks below a file',
      'notes.txt',
      { tracks: 'notes.txt/tracks.txt' },
      'MATRIXVISION_FOLDER_UNWRITABLE',
    ],
  ])('%s', async (_, video, { out, tracks, ...options }: Record<string, string>, code) => {
    const places = { ...(out && { out: at(out) }), ...(tracks && { tracks: at(tracks) }) };
    await expect(runAnalyse(at(video), { ...options, ...places })).rejects.toMatchObject({ code });
  });

  it('rules with unknown fields, and names their path', async () => {
    const zone = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    const wrong = { version: 1, rules: [{ id: 'gate', kind: 'zone-entry', zone, colour: 'red' }] };
    const refused = runAnalyse(at('notes.txt'), { rules: JSON.stringify(wrong) });
    await expect(refused).rejects.toMatchObject({
      code: 'MATRIXVISION_RULES_INVALID',
      details: { problems: [{ path: 'rules.0', values: { keys: ['colour'] } }] },
    });
    await expect(refused).rejects.toThrow(/rules\.0.*colour/);
  });

  it.each([
    ['with an unknown member', card({ run: 'rm -rf /' }), 'bytes', 'INFERENCE_CARD_INVALID'],
    ['that reaches out of its folder', card({ file: '../../etc/passwd' }), 'bytes', 'INFERENCE_CARD_INVALID'],
    ['whose file is no network', card({}), 'no network '.repeat(500), /^INFERENCE_/],
    ['whose network breaks off', card({}), '\x08\x08\x3a\xff\xff\xff\xff\x07', /^INFERENCE_/],
  ])('a model card %s', async (_, text, network, code) => {
    await writeFile(at('card.json'), text);
    await writeFile(at('theirs.onnx'), network, 'latin1');
    const refused = runAnalyse(await render('short.mp4', { frames: 5 }), { model: at('card.json') });
    await expect(refused).rejects.toMatchObject({
      code: typeof code === 'string' ? code : expect.stringMatching(code),
    });
  });

  it('sound alone, a video without frames, and an MP4 that was cut off', async () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });
    await expect(runAnalyse(await render('sound.mp4', { audio: 'only' }))).rejects.toEqual(code('MEDIA_NO_VIDEO'));
    const mkv = await readFile(await render('short.mkv', { frames: 3 }));
    await writeFile(at('none.mkv'), mkv.subarray(0, mkv.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]))));
    await expect(runAnalyse(at('none.mkv'))).rejects.toEqual(code('MEDIA_NO_FRAMES'));
    const mp4 = await readFile(await render('whole.mp4'));
    await writeFile(at('cut.mp4'), mp4.subarray(0, mp4.length / 2));
    await expect(runAnalyse(at('cut.mp4'))).rejects.toEqual(code('MEDIA_UNREADABLE'));
  });

  it('the folder of an earlier analysis, unless it may be replaced', async () => {
    const video = await render('again.mp4', { frames: 10 });
    const out = at('again');
    const first = await runAnalyse(video, { out, every: '10' });
    const before = await readFile(first.evidence!, 'utf8');
    await expect(runAnalyse(video, { out })).rejects.toMatchObject({ code: 'MATRIXVISION_FOLDER_TAKEN' });
    expect(await readFile(first.evidence!, 'utf8')).toBe(before);
    const second = await runAnalyse(video, { out, every: '5', overwrite: true });
    expect(second.looked).toBe(2);
    expect(await verifyAnalysis(second.evidence!)).toMatchObject({ status: 'proved' });
  });

  it('to replace the very recording that it reads', async () => {
    const out = at('own');
    await mkdir(join(out, 'recording'), { recursive: true });
    const video = await render('own/recording/video.mp4', { frames: 5 });
    const refused = runAnalyse(video, { out, overwrite: true });
    await expect(refused).rejects.toMatchObject({ code: 'MATRIXVISION_FOLDER_TAKEN' });
    expect(await readdir(join(out, 'recording'))).toEqual(['video.mp4']);
  });
});

describe('analyse goes on through', () => {
  const timesOf = async (out: string) => {
    const stored = await readFile(join(out, 'tracks.mwt'));
    return [...decodeTracks(stored)].map(({ time }) => time);
  };
  const rises = (times: readonly number[]) => times.every((time, index) => index === 0 || time > times[index - 1]!);

  async function analysed(name: string) {
    const out = at(`${name}-out`);
    const answer = await runAnalyse(at(name), { out, every: '10' });
    const times = await timesOf(out);
    expect(times).toHaveLength(answer.frames);
    expect(rises(times)).toBe(true);
    expect(await verifyAnalysis(answer.evidence!)).toMatchObject({ status: 'proved' });
    return { answer, times };
  }

  it('a file that was cut off, as far as it goes', async () => {
    const whole = await readFile(await render('cut.ts', { frames: 100, encoder: 'libx264' }));
    await writeFile(at('cut.ts'), whole.subarray(0, Math.round(whole.length * 0.6)));
    const { answer } = await analysed('cut.ts');
    expect(answer.frames).toBeGreaterThan(40);
    expect(answer.frames).toBeLessThan(90);
  });

  it('a file whose index says more than came, and says so', async () => {
    const whole = await readFile(await render('half.mkv', { frames: 100, encoder: 'libx264' }));
    await writeFile(at('half.mkv'), whole.subarray(0, Math.round(whole.length * 0.5)));
    const notes: string[] = [];
    const answer = await runAnalyse(at('half.mkv'), { every: '25' }, { note: (text) => notes.push(text) });
    expect(answer.video.seconds).toBeCloseTo(4, 0);
    expect(answer.video.shown).toBeLessThan(3);
    expect(notes.join()).toMatch(/states 4\.0 s, but its pictures end after \d\.\d s/);
  });

  it('what is damaged, and counts it', async () => {
    const data = await readFile(await render('damaged.ts', { frames: 100, encoder: 'libx264' }));
    for (let offset = 40_000; offset < 60_000; offset += 97) data[offset] = data[offset]! ^ 0x5a;
    await writeFile(at('damaged.ts'), data);
    const { answer } = await analysed('damaged.ts');
    expect(answer.corrupt).toBeGreaterThan(0);
    expect(answer.frames).toBeGreaterThan(50);
  });

  it('a variable frame rate, at its own times', async () => {
    const given = [0, 10, 50, 400, 420, 1500, 1510, 3000, 3001, 9000];
    await render('variable.mkv', { times: given });
    const { times } = await analysed('variable.mkv');
    expect(times.map((time) => Math.round(time))).toEqual(given);
  });

  it('clocks that start again', async () => {
    const once = await readFile(await render('clock.ts', { frames: 60 }));
    await writeFile(at('clock.ts'), Buffer.concat([once, once]));
    const { times } = await analysed('clock.ts');
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(4_500);
    expect(times.at(-1)! - times[0]!).toBeLessThan(5_300);
  });

  it('a picture that changes its size, with boxes in one measure', async () => {
    const first = await readFile(await render('small.ts', { frames: 50 }));
    const second = await readFile(await render('large.ts', { frames: 50, width: 640, height: 480 }));
    await writeFile(at('sizes.ts'), Buffer.concat([first, second]));
    const { answer } = await analysed('sizes.ts');
    expect(answer.frames).toBeGreaterThan(95);
    expect(answer.video).toMatchObject({ width: 320, height: 240 });
    const stored = [...decodeTracks(await readFile(join(at('sizes.ts-out'), 'tracks.mwt')))];
    expect(new Set(stored.map(({ width }) => width))).toEqual(new Set([320]));
  });

  it('Ctrl-C, with evidence of the frames until then', async () => {
    const abort = new AbortController();
    const progress = () => abort.abort();
    const out = at('interrupted');
    const video = await render('long.mp4', { frames: 400 });
    const answer = await runAnalyse(video, { out, every: '10' }, { signal: abort.signal, progress });
    expect(answer.ended).toBe('interrupted');
    expect(answer.frames).toBeGreaterThan(0);
    expect(answer.frames).toBeLessThan(400);
    expect(await verifyAnalysis(answer.evidence!)).toMatchObject({ status: 'proved' });
  });
});
