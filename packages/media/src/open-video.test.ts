import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenVideoOptions, openVideo } from './open-video.ts';
import { probe } from './probe.ts';
import { type RenderOptions, renderVideo } from './support/render-video.ts';
import { readFrameNumber } from './support/scene.ts';
import type { VideoFrame, ViewSpec } from './video.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-open-video-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const render = (name: string, options: Omit<RenderOptions, 'path'> = {}) =>
  renderVideo({ path: join(folder, name), ...options });

async function collect(options: OpenVideoOptions): Promise<VideoFrame[]> {
  const video = await openVideo(options);
  return Array.fromAsync(video.frames());
}

const whole: ViewSpec = { width: 160, height: 120, format: 'rgb24', fit: 'stretch' };

describe('openVideo on a file', () => {
  let file: string;
  beforeAll(async () => {
    file = await render('plain.mp4', { bFrames: 2 });
  });

  it('should say what the file is', async () => {
    const info = await probe({ url: file });
    expect(info).toMatchObject({ width: 320, height: 240, codec: 'h264', frameRate: 25, decoder: 'software' });
    expect(info.durationMs).toBeCloseTo(2000, -2);
  });

  it('should leave out the look where it is not wanted', async () => {
    const frames = await collect({ url: file, views: [whole], look: false });
    expect(frames).toHaveLength(50);
    expect(frames.map(({ look, pictures }) => [look.data.length, readFrameNumber(pictures[0]!)]).slice(0, 3)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it('should deliver every frame once and in order, with its time, look and views', async () => {
    const frames = await collect({ url: file, views: [whole], startTime: 1_000_000 });
    expect(frames.map(({ index }) => index)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(frames.map(({ pictures }) => readFrameNumber(pictures[0]!))).toEqual(frames.map(({ index }) => index));
    expect(frames.map(({ time, mediaTime }) => time - mediaTime)).toEqual(frames.map(() => 1_000_000));
    expect(frames.map(({ mediaTime }) => Math.round(mediaTime))).toEqual(frames.map(({ index }) => index * 40));
    const { look } = frames[7]!;
    expect([look.width, look.height, look.format, look.data.length]).toEqual([96, 72, 'gray8', 96 * 72]);
    expect(readFrameNumber(look)).toBe(7);
  });

  it('should deliver every Nth frame, or so many a second', async () => {
    const third = await collect({ url: file, every: 3 });
    expect(third.map(({ index }) => index)).toEqual(Array.from({ length: 17 }, (_, index) => index * 3));
    const slower = await collect({ url: file, every: { perSecond: 5 } });
    expect(slower.map(({ index }) => index)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
  });

  it('should letterbox at the top left and tell the way back to the source', async () => {
    const square: ViewSpec = { width: 200, height: 200, format: 'rgb24', fit: 'letterbox' };
    const [frame] = await collect({ url: file, views: [square], every: 50 });
    const picture = frame!.pictures[0]!;
    expect(picture).toMatchObject({ scaleX: 0.625, scaleY: 0.625, offsetX: 0, offsetY: 0 });
    const pixel = (x: number, y: number) => [...picture.data.subarray((y * 200 + x) * 3, (y * 200 + x) * 3 + 3)];
    expect(pixel(100, 170)).toEqual([114, 114, 114]);
    expect(pixel(199, 199)).toEqual([114, 114, 114]);
    expect(pixel(3, 45)[0]).toBeGreaterThan(200); // The bright square of the first frame.
  });

  it('should cut more views out of a frame that was delivered, and let go of it after eight more', async () => {
    const video = await openVideo({ url: file });
    const seen: VideoFrame[] = [];
    for await (const frame of video.frames()) {
      seen.push(frame);
      if (frame.index < 20) continue;
      const early = seen[13]!;
      const [whole, part] = await early.views([
        { width: 320, height: 240, format: 'gray8', fit: 'stretch' },
        { width: 40, height: 40, format: 'gray8', fit: 'stretch', region: { x: 53, y: 61, width: 39, height: 39 } },
      ]);
      expect(readFrameNumber(whole!)).toBe(13);
      expect(part).toMatchObject({ offsetX: 52, offsetY: 60, scaleX: 1, scaleY: 1 });
      expect([...part!.data.subarray(0, 20)]).toEqual([...whole!.data.subarray(60 * 320 + 52, 60 * 320 + 72)]);
      await expect(seen[0]!.views([])).rejects.toMatchObject({ code: 'MEDIA_FRAME_GONE' });
      break;
    }
    await expect(seen[20]!.views([])).rejects.toMatchObject({ code: 'MEDIA_CLOSED' });
  });

  it('should still give views of the last frames that were asked for when the file ends', async () => {
    const video = await openVideo({ url: file, every: 10 });
    const asked: Promise<number>[] = [];
    for await (const frame of video.frames())
      asked.push(frame.views([whole]).then(([picture]) => readFrameNumber(picture!)));
    expect(await Promise.all(asked)).toEqual([0, 10, 20, 30, 40]);
  });

  it('should make a JPEG of a frame, whole or in part', async () => {
    const video = await openVideo({ url: file });
    for await (const frame of video.frames()) {
      const jpeg = await frame.jpeg({ region: { x: 100, y: 100, width: 100, height: 50 }, maxWidth: 60, quality: 90 });
      const path = join(folder, 'part.jpg');
      await writeFile(path, jpeg);
      expect(await probe({ url: path })).toMatchObject({ codec: 'mjpeg', width: 60, height: 30 });
      break;
    }
  });

  it('should not decode ahead of a consumer that takes its time', async () => {
    const video = await openVideo({ url: file, ahead: 3 });
    for await (const frame of video.frames()) {
      await setTimeout(300);
      expect(video.stats().decoded).toBeLessThanOrEqual(frame.index + 5);
      break;
    }
  });

  it('should deliver the newest frame and count the ones let go of', async () => {
    const video = await openVideo({ url: file, delivery: 'latest', pace: 'real-time' });
    const numbers: number[] = [];
    for await (const frame of video.frames()) {
      numbers.push(readFrameNumber(frame.look));
      expect(numbers.at(-1)).toBe(frame.index);
      await setTimeout(200);
    }
    const { decoded, delivered, droppedLate } = video.stats();
    expect(decoded).toBe(50);
    expect(delivered).toBe(numbers.length);
    expect(delivered + droppedLate).toBe(50);
    expect(droppedLate).toBeGreaterThan(20);
    expect(numbers.at(-1)).toBe(49);
  });

  it('should play a file round and round with times that go on', async () => {
    const video = await openVideo({ url: file, loop: true });
    const times: number[] = [];
    for await (const { mediaTime } of video.frames()) {
      times.push(mediaTime);
      if (times.length === 120) break;
    }
    expect(times.map((time) => Math.round(time))).toEqual(times.map((_, index) => index * 40));
  });

  it('should decode only key frames when that is enough', async () => {
    const video = await openVideo({ url: file, decodeOnly: 'key' });
    const frames = await Array.fromAsync(video.frames());
    expect(frames.map(({ look }) => readFrameNumber(look))).toEqual([0, 25]);
    expect(video.stats()).toMatchObject({ decoded: 2, skipped: 48 });
  });

  it('should change what is wanted while it runs', async () => {
    const video = await openVideo({ url: file, ahead: 1 });
    const taken: number[] = [];
    for await (const frame of video.frames()) {
      taken.push(frame.index);
      if (frame.index === 5) video.change({ every: 10, views: [whole] });
    }
    expect(taken.length).toBeLessThan(15);
    expect(taken.at(-1)).toBeGreaterThan(30);
  });

  it('should end when its signal is aborted', async () => {
    const controller = new AbortController();
    const video = await openVideo({ url: file, loop: true, signal: controller.signal });
    const run = (async () => {
      for await (const { index } of video.frames()) if (index === 60) controller.abort(new Error('enough'));
    })();
    await expect(run).rejects.toThrow('enough');
  });
});

describe('openVideo on what codecs and containers there are', () => {
  it.each([
    ['h264.mkv', 'libx264', 'h264'],
    ['hevc.mp4', 'libx265', 'hevc'],
    ['mpeg4.avi', 'mpeg4', 'mpeg4'],
    ['msmpeg4.avi', 'msmpeg4', 'msmpeg4v3'],
    ['mjpeg.avi', 'mjpeg', 'mjpeg'],
    ['moving.gif', 'gif', 'gif'],
    ['stream.ts', 'libx264', 'h264'],
  ])('should read every frame of %s', async (name, encoder, codec) => {
    const file = await render(name, { encoder, frames: 30 });
    const video = await openVideo({ url: file });
    expect(video.info.codec).toBe(codec);
    const frames = await Array.fromAsync(video.frames());
    expect(frames.map(({ look }) => readFrameNumber(look))).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });
});
