import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CameraState, CameraStream } from './camera/camera-stream.ts';
import { openVideo } from './open-video.ts';
import { probe } from './probe.ts';
import { RecordingStore } from './recording/recording-store.ts';
import { type CodedPicture, picturesOf } from './support/pictures-of.ts';
import { renderVideo } from './support/render-video.ts';
import { readFrameNumber } from './support/scene.ts';
import { type SentPicture, type Sitting, startUnsteadyCamera, type UnsteadyCamera } from './support/unsteady-camera.ts';
import type { VideoFrame } from './video.ts';

let folder: string;
let small: CodedPicture[];
let large: CodedPicture[];
let h265: CodedPicture[];
const allow = ['127.0.0.1'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-bad-stream-'));
  const render = (name: string, more: object) => renderVideo({ path: join(folder, name), frames: 100, ...more });
  small = await picturesOf(await render('small.h264', {}), 'h264');
  large = await picturesOf(await render('large.h264', { width: 640, height: 480 }), 'h264');
  h265 = await picturesOf(await render('other.hevc', { encoder: 'libx265' }), 'h265');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

let unsteady: UnsteadyCamera | undefined;
let stream: CameraStream | undefined;
afterEach(async () => {
  await stream?.close();
  await unsteady?.close();
  [stream, unsteady] = [undefined, undefined];
});

/** Round and round, at a steady rate unless told otherwise. */
function* playing(
  pictures: readonly CodedPicture[],
  options: { count?: number; everyMs?: number; mediaOf?: (index: number) => number } = {},
): Generator<SentPicture> {
  const { count = Number.POSITIVE_INFINITY, everyMs = 40, mediaOf = (index) => index * everyMs } = options;
  for (let index = 0; index < count; index++)
    yield { picture: pictures[index % pictures.length]!, afterMs: everyMs, mediaMs: mediaOf(index) };
}
const sitting = (pictures: Iterable<SentPicture>, more: Partial<Sitting> = {}): Sitting => ({
  codec: 'h264',
  pictures,
  ...more,
});

async function watch(sit: (count: number) => Sitting, more: object = {}): Promise<CameraStream> {
  unsteady = await startUnsteadyCamera(sit);
  stream = new CameraStream({ url: unsteady.url, allow, reconnect: { minMs: 50, maxMs: 200 }, ...more });
  await stream.start();
  return stream;
}

/** Until `enough` says so. */
async function take(from: CameraStream, enough: (frames: readonly VideoFrame[]) => boolean): Promise<VideoFrame[]> {
  const frames: VideoFrame[] = [];
  for await (const frame of from.frames()) {
    frames.push(frame);
    if (enough(frames)) break;
  }
  return frames;
}
const neverFalls = (frames: readonly VideoFrame[]) =>
  frames.every(({ time }, at) => at === 0 || time >= frames[at - 1]!.time);

describe('a camera that changes while it is watched', () => {
  it('is followed to another picture size, and recorded in files that each play', async () => {
    const recording = await (await RecordingStore.open(join(folder, 'sizes'))).camera('gate');
    const pictures = function* () {
      yield* playing(small, { count: 75 });
      yield* playing(large, { mediaOf: (index) => (75 + index) * 40 });
    };
    const camera = await watch((count) => sitting(count === 0 ? pictures() : playing(large)), {
      recording: { recording, mode: 'continuous', segmentMs: 1000, reserveBytes: 0 },
    });
    const frames = await take(camera, (seen) => seen.filter(({ width }) => width === 640).length > 30);
    expect(neverFalls(frames)).toBe(true);
    expect(new Set(frames.map(({ width, height }) => `${width}x${height}`))).toEqual(new Set(['320x240', '640x480']));
    expect(camera.info).toMatchObject({ width: 640, height: 480 });
    await camera.close();
    const sizes: number[] = [];
    for (const { path } of recording.segments()) sizes.push((await probe({ url: path })).width);
    expect(new Set(sizes)).toEqual(new Set([320, 640]));
    const hours = await recording.hours({ from: Date.now() - 3_600_000, to: Date.now() });
    for (const { expected, recorded, lost } of hours) expect(recorded + lost).toBeCloseTo(expected, 3);
  }, 90_000);

  it('is followed to another codec', async () => {
    const camera = await watch((count) =>
      count === 0 ? sitting(playing(small, { count: 60 })) : sitting(playing(h265), { codec: 'h265' }),
    );
    const codecs: string[] = [];
    camera.on('state', (state) => state.state === 'streaming' && codecs.push(state.info.codec));
    await take(camera, (seen) => codecs.includes('hevc') && seen.length > 60);
    expect(codecs).toEqual(['h264', 'hevc']);
  }, 90_000);

  it('is followed to another frame rate, and to one that is never the same', async () => {
    const uneven = [10, 200, 30, 400, 15, 90];
    const pictures = function* (): Generator<SentPicture> {
      yield* playing(small, { count: 100 });
      yield* playing(small, { count: 20, everyMs: 200, mediaOf: (index) => 4000 + index * 200 });
      let mediaMs = 8000;
      for (let index = 0; ; index++) {
        const afterMs = uneven[index % uneven.length]!;
        mediaMs += afterMs;
        yield { picture: small[(20 + index) % 100]!, afterMs, mediaMs };
      }
    };
    const camera = await watch(() => sitting(pictures()));
    const steps = (frames: readonly VideoFrame[]) =>
      frames.slice(1).map(({ mediaTime }, at) => Math.round(mediaTime - frames[at]!.mediaTime));
    // What opening a stream takes of its beginning is not seen.
    const frames = await take(camera, (seen) => steps(seen).filter((step) => step === 400).length > 3);
    expect(neverFalls(frames)).toBe(true);
    expect(steps(frames).filter((step) => step === 200).length).toBeGreaterThan(10);
    const [first, last] = [frames[0]!, frames.at(-1)!];
    expect(Math.abs(last.time - first.time - (last.mediaTime - first.mediaTime))).toBeLessThan(2000);
    expect(Math.abs(last.time - Date.now())).toBeLessThan(3000);
  }, 90_000);

  it.each([
    ['jump ahead by a day', 86_400_000],
    ['begin again', -1_000_000],
    ['run backwards', undefined],
  ])(
    'keeps its time when timestamps %s',
    async (_, jump) => {
      const mediaOf = (index: number) => {
        if (index < 50) return 2_000_000 + index * 40;
        return jump === undefined ? 2_000_000 + (100 - index) * 40 : 2_000_000 + index * 40 + jump;
      };
      const camera = await watch(() => sitting(playing(small, { mediaOf })));
      const frames = await take(camera, (seen) => seen.length >= 100);
      expect(neverFalls(frames)).toBe(true);
      expect(frames.at(-1)!.time - frames[0]!.time).toBeLessThan(15_000);
      expect(Math.abs(frames.at(-1)!.time - Date.now())).toBeLessThan(3000);
    },
    90_000,
  );
});

describe('a camera that sends no pictures', () => {
  const lost = async (camera: CameraStream, times: number): Promise<Extract<CameraState, { state: 'lost' }>[]> => {
    const seen: Extract<CameraState, { state: 'lost' }>[] = [];
    await new Promise<void>((resolve) => {
      camera.on('state', (state) => {
        if (state.state === 'lost' && seen.push(state) === times) resolve();
      });
    });
    return seen;
  };

  it('is said to be silent when it answers everything and sends nothing, and is asked again ever later', async () => {
    const camera = await watch(() => sitting([], { thenSilent: true }), {
      openTimeoutMs: 800,
      reconnect: { minMs: 50 },
    });
    const seen = await lost(camera, 3);
    expect(seen.map(({ error }) => error.code)).toEqual(Array(3).fill('MEDIA_TIMEOUT'));
    expect(camera.health).toBe('no-signal');
  }, 90_000);

  it('is said to be silent when it stops in the middle, and is there again when it is', async () => {
    const camera = await watch(
      (count) => (count === 0 ? sitting(playing(small, { count: 60 }), { thenSilent: true }) : sitting(playing(small))),
      { stallTimeoutMs: 1000 },
    );
    const [first] = await lost(camera, 1);
    expect(first!.error.code).toBe('MEDIA_TIMEOUT');
    const frames = await take(camera, (seen) => seen.length > 20);
    expect(readFrameNumber(frames.at(-1)!.look)).toBeGreaterThanOrEqual(0);
  }, 90_000);

  it('is said to have no video when it sends sound only', async () => {
    unsteady = await startUnsteadyCamera(() => sitting([], { codec: 'sound', thenSilent: true }));
    const opening = openVideo({ url: unsteady.url, allow, openTimeoutMs: 3000 });
    await expect(opening).rejects.toMatchObject({ code: 'MEDIA_NO_VIDEO' });
  }, 90_000);

  it('leaves no process behind when it is closed before it has answered', async () => {
    const camera = await watch(() => sitting([], { thenSilent: true }), { openTimeoutMs: 60_000 });
    while (camera.pid === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    const { pid } = camera;
    await camera.close();
    expect(() => process.kill(pid, 0)).toThrow();
    expect(camera.state.state).toBe('closed');
  }, 90_000);

  it('is opened once, however often it is told to', async () => {
    const camera = await watch(() => sitting(playing(small)));
    await Promise.all([camera.start(), camera.start()]);
    await take(camera, (seen) => seen.length > 30);
    expect(unsteady!.sittings).toBe(1);
    const late = new CameraStream({ url: unsteady!.url, allow });
    await Promise.all([late.start(), late.close()]);
    expect(late.pid).toBeUndefined();
  }, 90_000);
});

describe('a stream of 8K', () => {
  it('is kept up with by decoding less, in bounded memory, and says so', async () => {
    const path = await renderVideo({
      path: join(folder, '8k.h264'),
      width: 7680,
      height: 4320,
      frames: 4,
      keyEvery: 4,
    });
    const pictures = await picturesOf(path, 'h264');
    // As fast as they are read: there is always another picture.
    const endless = () => sitting(playing(pictures, { everyMs: 0, mediaOf: (index) => index * 8 }));
    const camera = await watch(endless);
    const paces: boolean[] = [];
    camera.on('pace', ({ behind }) => paces.push(behind));
    const frames = await take(camera, (seen) => paces.length > 0 && seen.length > 3);
    expect(paces[0]).toBe(true);
    expect(frames.at(-1)).toMatchObject({ width: 7680, height: 4320 });
    if (process.platform !== 'linux') return;
    const status = await readFile(`/proc/${camera.pid}/status`, 'utf8');
    expect(Number(/VmHWM:\s+(\d+) kB/.exec(status)![1])).toBeLessThan(1_300_000);
  }, 240_000);
});

describe('hardware that is not there', () => {
  it('is named in a note and a line of the log, and software takes over', async () => {
    const lines: string[] = [];
    const say = (line: unknown) => lines.push(String(line));
    const logger = { info: say, warn: say, error: say, debug: () => undefined } as never;
    const file = await renderVideo({ path: join(folder, 'plain.mp4') });
    // No machine has both.
    for (const hardware of ['videotoolbox', 'd3d11va'] as const) {
      const video = await openVideo({ url: file, hardware, logger });
      const frames = await Array.fromAsync(video.frames());
      expect(frames).toHaveLength(50);
      if (video.info.decoder !== 'software') continue;
      expect(video.info.hardwareMissing).toBe(hardware);
      expect(lines.at(-1)).toContain(`decoded by software, since ${hardware} is not there`);
    }
    expect(lines).toHaveLength(2);
  });
});
