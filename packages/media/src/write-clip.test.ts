import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVideo } from './open-video.ts';
import { probe } from './probe.ts';
import { type RenderOptions, renderVideo } from './support/render-video.ts';
import { readFrameNumber } from './support/scene.ts';
import { writeClip } from './write-clip.ts';
import { writePicture } from './write-picture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-clip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const render = (name: string, options: Omit<RenderOptions, 'path'> = {}) =>
  renderVideo({ path: join(folder, name), ...options });

async function numbersOf(file: string): Promise<number[]> {
  const video = await openVideo({ url: file });
  return (await Array.fromAsync(video.frames())).map(({ look }) => readFrameNumber(look));
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

async function pixelsOf(file: string, number: number): Promise<Uint8Array> {
  const view = { width: 320, height: 240, format: 'gray8', fit: 'stretch' } as const;
  const video = await openVideo({ url: file, views: [view] });
  const frames = await Array.fromAsync(video.frames());
  return frames[number]!.pictures[0]!.data;
}

/** Names of the boxes of an MP4 in order. */
async function boxesOf(file: string): Promise<string[]> {
  const data = await readFile(file);
  const names: string[] = [];
  for (let at = 0; at < data.length; at += data.readUInt32BE(at)) names.push(data.toString('latin1', at + 4, at + 8));
  return names;
}

describe('writeClip', () => {
  let file: string;
  beforeAll(async () => {
    file = await render('source.mp4', { frames: 100, audio: 'beside' });
  });

  it('should copy from the key frame before, with the index first and no sound', async () => {
    const out = join(folder, 'copied.mp4');
    const result = await writeClip({ sources: [{ path: file }], from: 1500, to: 2200, out });
    expect(result).toMatchObject({ copied: true, from: 1000, frames: 31 });
    expect(result.to).toBeCloseTo(2240, 0);
    expect(await numbersOf(out)).toEqual(range(25, 56));
    const boxes = await boxesOf(out);
    expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'));
    expect((await readFile(out)).includes('soun')).toBe(false);
  });

  it('should begin and end at the frame when asked to', async () => {
    const out = join(folder, 'exact.mp4');
    const result = await writeClip({ sources: [{ path: file }], from: 1500, to: 2200, out, exact: true });
    expect(result).toMatchObject({ copied: false, from: 1520, frames: 18 });
    expect(await numbersOf(out)).toEqual(range(38, 56));
    expect((await probe({ url: out })).durationMs).toBeCloseTo(720, -1);
  });

  it('should join the segments of a recording and keep the gap between them', async () => {
    const later = await render('later.mp4', { frames: 50 });
    const out = join(folder, 'joined.mp4');
    const sources = [
      { path: file, startTime: 1_000_000, endTime: 1_004_000 },
      { path: later, startTime: 1_006_000, endTime: 1_008_000 },
    ];
    const result = await writeClip({ sources, from: 1_003_000, to: 1_006_500, out });
    expect(result).toMatchObject({ copied: true, from: 1_003_000 });
    const video = await openVideo({ url: out });
    const frames = await Array.fromAsync(video.frames());
    expect(frames.map(({ look }) => readFrameNumber(look))).toEqual([...range(75, 100), ...range(0, 13)]);
    expect(frames[25]!.mediaTime - frames[0]!.mediaTime).toBeCloseTo(3000, 0);
  });

  it.each(['mpeg4', 'mjpeg', 'msmpeg4'])('should encode %s anew, for browsers do not play it', async (encoder) => {
    const source = await render(`${encoder}.avi`, { encoder, frames: 40 });
    const out = join(folder, `${encoder}.mp4`);
    const result = await writeClip({ sources: [{ path: source }], from: 400, to: 1000, out });
    expect(result.copied).toBe(false);
    expect(await probe({ url: out })).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p' });
    expect(await numbersOf(out)).toEqual(range(10, 26));
  });

  it('should make boxes unrecognisable while they are named, and nothing else', async () => {
    const out = join(folder, 'blurred.mp4');
    // The blocks with the number of the frame; covered, two of them become one, and 1 looks like 2.
    const box = { x: 0, y: 200, width: 320, height: 40 };
    const blur = [
      { time: 800, boxes: [box] },
      { time: 1200, boxes: [] },
    ];
    await writeClip({ sources: [{ path: file }], to: 1600, out, blur });
    const numbers = await numbersOf(out);
    expect(numbers.slice(0, 20)).toEqual(range(0, 20));
    expect(numbers.slice(30)).toEqual(range(30, 41));
    expect(new Set(numbers.slice(20, 30)).size).toBeLessThan(9);
    const [covered, plain] = await Promise.all([pixelsOf(out, 25), pixelsOf(file, 25)]);
    const difference = plain.map((value, index) => Math.abs(value - covered[index]!));
    expect(Math.max(...difference.slice(0, 198 * 320))).toBeLessThan(30);
  });

  it('should refuse a time without pictures and leave nothing behind', async () => {
    const out = join(folder, 'nothing.mp4');
    const writing = writeClip({
      sources: [{ path: file, startTime: 5000 }],
      from: 60_000,
      to: 70_000,
      out,
      exact: true,
    });
    await expect(writing).rejects.toMatchObject({ code: 'MEDIA_CLIP_EMPTY' });
    expect((await readdir(folder)).filter((name) => name.startsWith('nothing'))).toEqual([]);
  });

  it('should say when the folder cannot be written to', async () => {
    const writing = writeClip({ sources: [{ path: file }], out: join(folder, 'missing', 'clip.mp4') });
    await expect(writing).rejects.toMatchObject({ code: 'MEDIA_WRITE_FAILED' });
  });
});

describe('writePicture', () => {
  it('should write the frame on show at a time', async () => {
    const source = await render('pictures.mp4', { frames: 60, bFrames: 2 });
    const out = join(folder, 'picture.jpg');
    expect(await writePicture({ path: source, at: 1290, out })).toBeCloseTo(1280, 0);
    expect(await numbersOf(out)).toEqual([32]);
  });
});
