import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CameraState, CameraStream } from './camera/camera-stream.ts';
import { openVideo } from './open-video.ts';
import { probe } from './probe.ts';
import { writeAccessUnits } from './support/access-units.ts';
import { renderVideo } from './support/render-video.ts';
import { hasRtspServer, type RtspMark, type RtspServer, startRtspServer } from './support/rtsp-server.ts';
import { readFrameNumber } from './support/scene.ts';

// Debian's GStreamer; `.ci/run` installs it.
describe.skipIf(!hasRtspServer())('a camera behind a real RTSP server', () => {
  let folder: string;
  let server: RtspServer;
  const marks: RtspMark[] = [];
  const local = ['127.0.0.0/8'];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-rtsp-'));
    const source = await renderVideo({ path: join(folder, 'source.mp4'), frames: 100 });
    const out = join(folder, 'source.units');
    const file = await writeAccessUnits({ source, out, width: 320, height: 240, frameRate: 25 });
    server = await startRtspServer({
      streams: [
        { path: '/cam', file, frameRate: 25 },
        { path: '/silent', file, frameRate: 25, stopAfter: 40 },
        { path: '/live', file, frameRate: 25, live: true, startAt: 30, marks: [60] },
      ],
      onMark: (mark) => marks.push(mark),
      user: 'operator',
      password: 'pass word/1',
    });
  });
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const address = (path: string, password = 'pass word/1') =>
    `rtsp://operator:${encodeURIComponent(password)}@127.0.0.1:${server.port}${path}`;

  it.each(['tcp', 'udp'] as const)(
    'should read its pictures over %s, with capture times near the clock',
    async (transport) => {
      const video = await openVideo({ url: address('/cam'), transport, allow: local });
      expect(video.info).toMatchObject({ codec: 'h264', width: 320, height: 240 });
      const numbers: number[] = [];
      for await (const frame of video.frames()) {
        numbers.push(readFrameNumber(frame.look));
        expect(Math.abs(Date.now() - frame.time)).toBeLessThan(5000);
        if (numbers.length === 30) break;
      }
      expect(
        numbers.filter((number, index) => index > 0 && number === (numbers[index - 1]! + 1) % 100).length,
      ).toBeGreaterThan(25);
    },
  );

  it('should know when a picture of a live stream was taken', async () => {
    const video = await openVideo({ url: address('/live'), allow: local });
    const times = new Map<number, number>();
    for await (const frame of video.frames()) {
      times.set(readFrameNumber(frame.look), frame.time);
      if (times.has(60)) break;
    }
    // It may have come round once before somebody looked; a round takes four seconds.
    const off = marks.map(({ at }) => Math.abs(times.get(60)! - at));
    expect(marks[0]).toMatchObject({ path: '/live', frame: 60 });
    expect(Math.min(...off)).toBeLessThan(1500);
  });

  it('should say that the password is wrong, without showing it', async () => {
    const opening = probe({ url: address('/cam', 'wrong-one'), allow: local });
    await expect(opening).rejects.toMatchObject({ code: 'MEDIA_UNAUTHORIZED' });
    await expect(opening).rejects.not.toThrow(/wrong-one/);
  });

  it('should not be asked again at once with a password that it refused: some cameras lock', async () => {
    const camera = new CameraStream({ url: address('/cam', 'wrong-one'), allow: local, reconnect: { minMs: 10 } });
    const lost = new Promise<Extract<CameraState, { state: 'lost' }>>((resolve) => {
      camera.on('state', (state) => state.state === 'lost' && resolve(state));
    });
    await camera.start();
    const { error, nextAttemptAt } = await lost;
    expect(error.code).toBe('MEDIA_UNAUTHORIZED');
    expect(nextAttemptAt - Date.now()).toBeGreaterThan(30_000);
    await camera.close();
  });

  it('should say that the camera has no such stream', async () => {
    await expect(probe({ url: address('/other'), allow: local })).rejects.toMatchObject({
      code: 'MEDIA_SOURCE_MISSING',
    });
  });

  it('should say that a camera that went silent sends nothing more', async () => {
    const video = await openVideo({ url: address('/silent'), stallTimeoutMs: 1500, allow: local });
    await expect(Array.fromAsync(video.frames())).rejects.toMatchObject({ code: 'MEDIA_TIMEOUT' });
  });
});
