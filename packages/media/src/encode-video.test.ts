import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { encodeVideo } from './encode-video.ts';
import { openVideo } from './open-video.ts';
import { probe } from './probe.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-encode-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [width, height] = [64, 48];

/** One colour a picture, drawn into the same memory again and again. */
function* colours(count: number): Iterable<Uint8Array> {
  const picture = new Uint8Array(width * height * 3);
  for (let number = 0; number < count; number++) {
    for (let at = 0; at < picture.length; at += 3) picture.set([20 + number * 20, 100, 220 - number * 20], at);
    yield picture;
  }
}

it('writes pictures that are read back in their order, colours and times', async () => {
  const out = join(folder, 'colours.mp4');
  expect(await encodeVideo(colours(10), { width, height, frameRate: 12.5, out })).toBe(10);
  expect(await probe({ url: out })).toMatchObject({ codec: 'h264', width, height, frameRate: 12.5, durationMs: 800 });
  const stream = await openVideo({ url: out, views: [{ width, height, format: 'rgb24', fit: 'stretch' }] });
  const seen: [number, number, number][] = [];
  for await (const { mediaTime, pictures } of stream.frames()) {
    const middle = (24 * width + 32) * 3;
    seen.push([Math.round(mediaTime), pictures[0]!.data[middle]!, pictures[0]!.data[middle + 2]!]);
  }
  expect(seen.map(([time]) => time)).toEqual([0, 80, 160, 240, 320, 400, 480, 560, 640, 720]);
  for (const [number, [, red, blue]] of seen.entries()) {
    expect(Math.abs(red - (20 + number * 20))).toBeLessThan(8);
    expect(Math.abs(blue - (220 - number * 20))).toBeLessThan(8);
  }
});

it('says which option cannot be, and leaves nothing behind where it cannot write', async () => {
  const out = join(folder, 'none.mp4');
  await expect(encodeVideo(colours(1), { width: 63, height, frameRate: 25, out })).rejects.toMatchObject({
    code: 'MEDIA_OPTION_INVALID',
  });
  await expect(encodeVideo(colours(1), { width, height, frameRate: 0, out })).rejects.toMatchObject({
    code: 'MEDIA_OPTION_INVALID',
  });
  const away = join(folder, 'no-such-folder', 'none.mp4');
  await expect(encodeVideo(colours(3), { width, height, frameRate: 25, out: away })).rejects.toMatchObject({
    code: 'MEDIA_WRITE_FAILED',
  });
  expect(existsSync(out)).toBe(false);
});

it('stops when it is told to', async () => {
  const out = join(folder, 'stopped.mp4');
  const stop = new AbortController();
  function* stopping(): Iterable<Uint8Array> {
    for (const picture of colours(5)) yield picture;
    stop.abort();
    for (const picture of colours(5)) yield picture;
  }
  await expect(
    encodeVideo(stopping(), { width, height, frameRate: 25, out, signal: stop.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(existsSync(out)).toBe(false);
});
