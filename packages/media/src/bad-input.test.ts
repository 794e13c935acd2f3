import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenVideoOptions, openVideo } from './open-video.ts';
import { probe } from './probe.ts';
import { type RenderOptions, renderVideo } from './support/render-video.ts';
import { readFrameNumber } from './support/scene.ts';
import type { StreamStats } from './video.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-bad-input-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const render = (name: string, options: Omit<RenderOptions, 'path'> = {}) => renderVideo({ path: at(name), ...options });
const failing = (code: string) => expect.objectContaining({ code });

interface Reading {
  readonly numbers: number[];
  readonly times: number[];
  readonly sizes: string[];
  readonly stats: StreamStats;
}

async function read(options: OpenVideoOptions): Promise<Reading> {
  const video = await openVideo(options);
  const frames = await Array.fromAsync(video.frames());
  return {
    numbers: frames.map(({ look }) => readFrameNumber(look)),
    times: frames.map(({ mediaTime }) => mediaTime),
    sizes: [...new Set(frames.map(({ width, height }) => `${width}x${height}`))],
    stats: video.stats(),
  };
}

const neverFalls = (times: readonly number[]) => times.every((time, index) => index === 0 || time >= times[index - 1]!);

describe('a file that is no good', () => {
  it('should be told to be missing', async () => {
    await expect(openVideo({ url: at('nowhere.mp4') })).rejects.toEqual(failing('MEDIA_SOURCE_MISSING'));
    await expect(openVideo({ url: 'usb:77' })).rejects.toEqual(failing('MEDIA_SOURCE_MISSING'));
  });

  it.each([
    ['text', 'this is no video, whatever its name says\n'.repeat(50)],
    ['nothing', ''],
    ['zeros', '\0'.repeat(100_000)],
  ])('should be told to be unreadable when it holds %s', async (name, content) => {
    await writeFile(at(`${name}.mp4`), content);
    await expect(openVideo({ url: at(`${name}.mp4`) })).rejects.toEqual(failing('MEDIA_UNREADABLE'));
  });

  it('should not be mistaken for a list of other files', async () => {
    await writeFile(at('list.txt'), `ffconcat version 1.0\nfile '/etc/hostname'\n`);
    await expect(openVideo({ url: at('list.txt') })).rejects.toEqual(failing('MEDIA_UNREADABLE'));
  });

  it('should be told to have no video when it has sound only', async () => {
    const file = await render('sound.mp4', { audio: 'only' });
    await expect(openVideo({ url: file })).rejects.toEqual(failing('MEDIA_NO_VIDEO'));
  });

  it('should be told to have no frames when it has none', async () => {
    const whole = await readFile(await render('short.mkv', { frames: 3 }));
    // The header of the file and the description of its track, and then it ends.
    const cluster = whole.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]));
    await writeFile(at('empty.mkv'), whole.subarray(0, cluster));
    const opening = openVideo({ url: at('empty.mkv') }).then((video) => Array.fromAsync(video.frames()));
    await expect(opening).rejects.toEqual(failing('MEDIA_NO_FRAMES'));
  });

  it('should be told to lack its index when an MP4 was cut off', async () => {
    const whole = await readFile(await render('whole.mp4'));
    await writeFile(at('cut.mp4'), whole.subarray(0, whole.length / 2));
    await expect(openVideo({ url: at('cut.mp4') })).rejects.toEqual(failing('MEDIA_UNREADABLE'));
  });

  it.each([
    ['cut.mkv', 'libx264'],
    ['cut.ts', 'libx264'],
    ['cut.avi', 'mpeg4'],
  ])('should be read as far as it goes when %s was cut off', async (name, encoder) => {
    const whole = await readFile(await render(name, { encoder, frames: 100 }));
    await writeFile(at(name), whole.subarray(0, Math.round(whole.length * 0.6)));
    const { numbers, times } = await read({ url: at(name) });
    expect(numbers.length).toBeGreaterThan(40);
    expect(numbers.length).toBeLessThan(90);
    expect(numbers.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect(neverFalls(times)).toBe(true);
  });

  it('should be read with what is damaged counted', async () => {
    const data = await readFile(await render('damaged.ts', { frames: 100, encoder: 'libx264' }));
    for (let offset = 40_000; offset < 60_000; offset += 97) data[offset] = data[offset]! ^ 0x5a;
    await writeFile(at('damaged.ts'), data);
    const { numbers, times, stats } = await read({ url: at('damaged.ts') });
    expect(stats.corrupt).toBeGreaterThan(0);
    expect(numbers.length).toBeGreaterThan(50);
    expect(numbers.at(-1)).toBe(99);
    expect(neverFalls(times)).toBe(true);
  });
});

describe('a video that changes on the way', () => {
  it('should be read on when its size changes', async () => {
    const first = await readFile(await render('small.ts', { frames: 50 }));
    const second = await readFile(await render('large.ts', { frames: 50, width: 640, height: 480 }));
    await writeFile(at('sizes.ts'), Buffer.concat([first, second]));
    const video = await openVideo({
      url: at('sizes.ts'),
      views: [{ width: 96, height: 96, format: 'gray8', fit: 'letterbox' }],
    });
    const frames = await Array.fromAsync(video.frames());
    expect(new Set(frames.map(({ width }) => width))).toEqual(new Set([320, 640]));
    expect(frames.at(-1)!.pictures[0]).toMatchObject({ width: 96, height: 96, scaleX: 0.15 });
    expect(readFrameNumber(frames.at(-1)!.look)).toBe(49);
    expect(video.info).toMatchObject({ width: 640, height: 480 });
  });

  it('should be read on when its codec changes', async () => {
    const first = await readFile(await render('codec-a.ts', { frames: 50 }));
    const second = await readFile(await render('codec-b.ts', { frames: 50, encoder: 'mpeg2video' }));
    await writeFile(at('codecs.ts'), Buffer.concat([first, second]));
    const { numbers, times } = await read({ url: at('codecs.ts') });
    expect(numbers.slice(0, 45)).toEqual(Array.from({ length: 45 }, (_, index) => index));
    expect(numbers.slice(-20)).toEqual(Array.from({ length: 20 }, (_, index) => 30 + index));
    expect(neverFalls(times)).toBe(true);
  });

  it('should keep the times of a variable frame rate', async () => {
    const given = [0, 10, 50, 400, 420, 1500, 1510, 3000, 3001, 9000];
    const { times } = await read({ url: await render('variable.mkv', { times: given }) });
    expect(times.map((time) => Math.round(time))).toEqual(given);
  });

  it('should have times that never fall when its clock starts again', async () => {
    const first = await readFile(await render('again.ts', { frames: 60 }));
    await writeFile(at('again.ts'), Buffer.concat([first, first]));
    const { numbers, times } = await read({ url: at('again.ts') });
    expect(numbers.slice(-50)).toEqual(Array.from({ length: 50 }, (_, index) => 10 + index));
    expect(neverFalls(times)).toBe(true);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(4500);
    expect(times.at(-1)! - times[0]!).toBeLessThan(5200);
  });

  it('should go on one frame later when its clock starts again long before it began', async () => {
    const late = Array.from({ length: 50 }, (_, index) => 1_000_000 + index * 40);
    const first = await readFile(await render('late.ts', { times: late }));
    const second = await readFile(await render('early.ts', { times: late.map((time) => time - 1_000_000) }));
    await writeFile(at('reset.ts'), Buffer.concat([first, second]));
    const { times } = await read({ url: at('reset.ts') });
    expect(neverFalls(times)).toBe(true);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(3500);
    expect(times.at(-1)! - times[0]!).toBeLessThan(5200);
  });

  it('should be 8K when that is allowed, and refused with its size when it is not', async () => {
    const file = await render('8k.mp4', { width: 7680, height: 4320, frames: 2 });
    const { numbers, sizes } = await read({ url: file });
    expect(numbers).toEqual([0, 1]);
    expect(sizes).toEqual(['7680x4320']);
    const refused = expect.objectContaining({
      code: 'MEDIA_TOO_LARGE',
      details: expect.objectContaining({ width: 7680, height: 4320 }),
    });
    await expect(openVideo({ url: file, maxPixels: 3840 * 2160 })).rejects.toEqual(refused);
  });
});

describe('a camera that is no good', () => {
  it.each(['rtsp', 'http'])('should be told to send nothing when it accepts %s and keeps silent', async (scheme) => {
    const server = createServer((socket) => socket.on('error', () => socket.destroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `${scheme}://127.0.0.1:${port}/cam`;
    const opening = probe({ url, allow: ['127.0.0.1'], openTimeoutMs: 1200 });
    await expect(opening).rejects.toEqual(failing('MEDIA_TIMEOUT'));
    server.close();
  });
});

describe('a media process that dies', () => {
  it('should end the frames with an error that says so, and nothing else', async () => {
    const file = await render('dies.mp4', { frames: 200 });
    const video = await openVideo({ url: file, loop: true });
    const reading = (async () => {
      for await (const { index } of video.frames()) if (index === 30) process.kill(video.pid!, 'SIGSEGV');
    })();
    await expect(reading).rejects.toEqual(failing('MEDIA_PROCESS_CRASHED'));
  });
});
