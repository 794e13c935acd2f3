import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openVideo } from '../open-video.ts';
import { probe } from '../probe.ts';
import { RecordingStore } from '../recording/recording-store.ts';
import type { Segment } from '../recording/segment-name.ts';
import { type RenderOptions, renderVideo } from '../support/render-video.ts';
import { readFrameNumber } from '../support/scene.ts';
import { type CameraOptions, type CameraState, CameraStream } from './camera-stream.ts';
import type { LiveMessage } from './live-feed.ts';

let folder: string;
let file: string;
const open: CameraStream[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-camera-'));
  file = await render('camera.mp4', { frames: 200 });
});
afterEach(() => Promise.all(open.splice(0).map((camera) => camera.close())));
afterAll(() => rm(folder, { recursive: true, force: true }));

const render = (name: string, options: Omit<RenderOptions, 'path'> = {}) =>
  renderVideo({ path: join(folder, name), ...options });

async function camera(options: CameraOptions): Promise<CameraStream> {
  const stream = new CameraStream(options);
  open.push(stream);
  await stream.start();
  return stream;
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await setTimeout(20);
};

const numbersOf = async (path: string): Promise<number[]> => {
  const video = await openVideo({ url: path });
  return (await Array.fromAsync(video.frames())).map(({ look }) => readFrameNumber(look));
};

/** What the numbers would be if none were missing. */
const following = (numbers: readonly number[], length: number): number[] =>
  numbers.map((_, index) => (numbers[0]! + index) % length);

const expectFollowing = (numbers: readonly number[], length: number): void =>
  expect(numbers).toEqual(following(numbers, length));

describe('CameraStream', () => {
  it('should take the pictures of a file from when it is open, not from when its process was asked for', async () => {
    const stream = new CameraStream({ url: file });
    open.push(stream);
    let asked = 0;
    stream.on('state', ({ state }) => {
      if (state === 'connecting') asked = Date.now();
    });
    await stream.start();
    const { value } = await stream.frames().next();
    // No process is there and has opened a file within so short a time.
    expect(value!.time - value!.mediaTime - asked).toBeGreaterThan(20);
    expect(value!.time).toBeLessThanOrEqual(Date.now());
  });

  it('should record segments cut at key frames, that follow each other without a seam', async () => {
    const store = await RecordingStore.open(join(folder, 'store'));
    const recording = await store.camera('gate');
    const stream = await camera({
      url: file,
      loop: true,
      recording: { recording, mode: 'continuous', segmentMs: 2000, reserveBytes: 0 },
    });
    const segments: Segment[] = [];
    stream.on('segment', (segment) => segments.push(segment));
    await until(() => segments.length === 2);
    await stream.close();
    const kept = recording.segments();
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept[1]!.from).toBeCloseTo(kept[0]!.to, -1);
    expect(kept[0]!.to - kept[0]!.from).toBeCloseTo(2000, -2);
    const numbers = [];
    for (const { path } of kept) numbers.push(...(await numbersOf(path)));
    expectFollowing(numbers, 200);
    expect(await probe({ url: kept[1]!.path })).toMatchObject({ codec: 'h264', width: 320 });

    const again = await (await RecordingStore.open(join(folder, 'store'))).camera('gate');
    expect(again.segments()).toEqual(kept);
    const out = join(folder, 'clip.mp4');
    const clip = await again.clip({ from: kept[0]!.from + 1100, to: kept[1]!.from + 900, out });
    expect(clip.copied).toBe(true);
    expectFollowing(await numbersOf(out), 200);
    const hours = await again.hours({ from: kept[0]!.from - 1000, to: kept.at(-1)!.to + 1000 });
    const recorded = hours.reduce((sum, hour) => sum + hour.recorded, 0);
    const inFiles = kept.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
    expect(recorded).toBeGreaterThan(4);
    expect(Math.abs(recorded - inFiles)).toBeLessThan(0.5);
    expect(hours.every(({ expected, recorded, lost }) => Math.abs(expected - recorded - lost) < 0.001)).toBe(true);
  });

  it('should hand out fragments that make a video from a key frame on', async () => {
    const stream = await camera({ url: file, loop: true });
    const early: LiveMessage[] = [];
    stream.watch((message) => early.push(message));
    await until(() => early.filter(({ type }) => type === 'fragment').length > 6);
    const late: LiveMessage[] = [];
    const stop = stream.watch((message) => late.push(message));
    expect(late[0]).toMatchObject({ type: 'init', encoded: false });
    expect(late[0]!.type === 'init' && late[0]!.codec).toMatch(/^avc1\.[0-9a-f]{6}$/i);
    expect(late[1]).toMatchObject({ type: 'fragment', key: true });
    await until(() => late.length > 8);
    stop();
    const path = join(folder, 'live.mp4');
    await writeFile(path, Buffer.concat(late.map(({ data }) => data)));
    const numbers = await numbersOf(path);
    expect(numbers.length).toBeGreaterThan(30);
    expectFollowing(numbers, 200);
  });

  it('should hand out fragments to those who begin to watch while it is still being reached', async () => {
    const live: LiveMessage[] = [];
    let stream: CameraStream | undefined;
    let isWatched = false;
    const source = await readFile(await render('reached.ts', { frames: 200 }));
    const server = createServer((_, response) => {
      // A second connection would be told of its viewers at its beginning.
      if (isWatched) return response.writeHead(404).end();
      isWatched = true;
      stream!.watch((message) => live.push(message));
      return response.end(source);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    stream = await camera({ url: `http://127.0.0.1:${port}/camera.ts`, allow: ['127.0.0.1'] });
    await until(() => live.some(({ type }) => type === 'fragment'));
    expect(live[0]).toMatchObject({ type: 'init' });
    await stream.close();
    server.close();
  });

  it.each(['msmpeg4', 'mjpeg'])(
    'should encode %s anew for the recording and for viewers, and say so',
    async (encoder) => {
      const source = await render(`${encoder}.avi`, { encoder, frames: 100 });
      const recording = await (await RecordingStore.open(join(folder, 'encoded'))).camera(encoder);
      const stream = await camera({ url: source, recording: { recording, mode: 'continuous', reserveBytes: 0 } });
      const live: LiveMessage[] = [];
      stream.watch((message) => live.push(message));
      await until(() => stream.state.state === 'ended');
      await stream.close();
      expect(live[0]).toMatchObject({ type: 'init', encoded: true });
      const [segment] = recording.segments();
      expect(await probe({ url: segment!.path })).toMatchObject({ codec: 'h264' });
      const numbers = await numbersOf(segment!.path);
      expect(numbers.length).toBeGreaterThan(90);
      expectFollowing(numbers, 100);
    },
  );

  it('should record around an event only, with what came before it', async () => {
    const recording = await (await RecordingStore.open(join(folder, 'events'))).camera('door');
    const stream = await camera({
      url: file,
      loop: true,
      recording: { recording, mode: 'event', preRollMs: 1500, postRollMs: 1000, reserveBytes: 0 },
    });
    await once(stream, 'state');
    await setTimeout(4000);
    expect(recording.segments()).toEqual([]);
    const at = Date.now();
    stream.keep(at);
    await once(stream, 'segment');
    const [segment] = recording.segments();
    expect(at - segment!.from).toBeGreaterThan(1200);
    expect(at - segment!.from).toBeLessThan(6000);
    expect(segment!.to - at).toBeGreaterThan(800);
    expect(segment!.to - at).toBeLessThan(4000);
    expectFollowing(await numbersOf(segment!.path), 200);
  });

  it('should deliver the newest frame over connections that break, with an index and time that never fall', async () => {
    const stream = await camera({ url: file, loop: true, reconnect: { minMs: 50, maxMs: 100 } });
    const states: CameraState['state'][] = [];
    stream.on('state', ({ state }) => states.push(state));
    const seen: { index: number; time: number }[] = [];
    for await (const { index, time } of stream.frames()) {
      seen.push({ index, time });
      if (seen.length === 20) process.kill(stream.pid!, 'SIGKILL');
      if (seen.length === 60) break;
    }
    expect(states).toContain('lost');
    expect(states.at(-1)).toBe('streaming');
    expect(
      seen.every(({ index, time }, at) => at === 0 || (index > seen[at - 1]!.index && time >= seen[at - 1]!.time)),
    ).toBe(true);
  });

  it('should say what its pictures tell of the camera, and that there is no signal', async () => {
    const black = await render('black.mp4', { frames: 150, black: true });
    const stream = await camera({ url: black, loop: true, health: { holdMs: 1000 }, reconnect: { minMs: 300 } });
    const [first] = await once(stream, 'health');
    expect(first).toBe('black');
    process.kill(stream.pid!, 'SIGKILL');
    const [second] = await once(stream, 'health');
    expect(second).toBe('no-signal');
    const [third] = await once(stream, 'health');
    expect(third).toBe('black');
  });

  it('should say why it is lost, and try again after longer and longer', async () => {
    const stream = await camera({ url: join(folder, 'not-there.mp4'), reconnect: { minMs: 20, maxMs: 400 } });
    const waits: number[] = [];
    stream.on('state', (state) => {
      if (state.state !== 'lost') return;
      expect(state.error.code).toBe('MEDIA_SOURCE_MISSING');
      waits.push(state.nextAttemptAt - Date.now());
    });
    await until(() => waits.length === 5);
    expect(waits[4]!).toBeGreaterThan(waits[0]! * 3);
  });

  it('should go on analysing while the disk is full, and record again when there is room', async () => {
    const recording = await (await RecordingStore.open(join(folder, 'full'))).camera('yard');
    const reserveBytes = 2 ** 60;
    const stream = await camera({
      url: file,
      loop: true,
      recording: { recording, mode: 'continuous', segmentMs: 1000, reserveBytes },
    });
    const [stopped] = await once(stream, 'recording');
    expect(stopped).toMatchObject({ state: 'stopped', error: { code: 'MEDIA_DISK_FULL' } });
    for await (const { index } of stream.frames()) if (index > 50) break;
    stream.setReserve(0);
    const [started] = await once(stream, 'recording');
    expect(started).toMatchObject({ state: 'started' });
    await once(stream, 'segment');
    await stream.close();
    const hours = await recording.hours({ from: Date.now() - 60_000, to: Date.now() });
    expect(hours.flatMap(({ losses }) => losses.map(({ reason }) => reason))).toContain('MEDIA_DISK_FULL');
  });

  it('should keep all but the last moment of a recording whose process is killed', async () => {
    const recording = await (await RecordingStore.open(join(folder, 'killed'))).camera('hall');
    const stream = await camera({
      url: file,
      loop: true,
      reconnect: { minMs: 3000 },
      recording: { recording, mode: 'continuous', reserveBytes: 0 },
    });
    await once(stream, 'recording');
    const begun = Date.now();
    await setTimeout(3000);
    const killedAt = Date.now();
    process.kill(stream.pid!, 'SIGKILL');
    await until(() => stream.state.state === 'lost');
    await stream.close();
    const [segment] = recording.segments();
    expect(killedAt - segment!.to).toBeLessThan(2500);
    expect(segment!.from - begun).toBeLessThan(1500);
    expectFollowing(await numbersOf(segment!.path), 200);
    const day = join(recording.folder, (await readdir(recording.folder)).find((name) => name.startsWith('20'))!);
    expect((await readdir(day)).filter((name) => name.includes('.part.'))).toEqual([]);
    expect((await readFile(segment!.path)).length).toBe(segment!.bytes);
  });
});
