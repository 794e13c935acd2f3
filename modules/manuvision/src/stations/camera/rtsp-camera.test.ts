import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, systemClock } from '@millwright/kernel';
import {
  hasRtspServer,
  type RtspServer,
  readFrameNumber,
  renderVideo,
  startRtspServer,
  writeAccessUnits,
} from '@millwright/media/test-support';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Picture } from '../picture-source.ts';
import { cameraSource } from './camera-source-schema.ts';
import { StationCamera } from './station-camera.ts';

const login = { username: 'operator', password: 'pass word/1' };

// Debian's GStreamer; `.ci/run` installs it.
describe.skipIf(!hasRtspServer())('a station behind a real RTSP camera', () => {
  let folder: string;
  let file: string;
  let server: RtspServer;
  const start = (port?: number) =>
    startRtspServer({
      streams: [{ path: '/line', file, frameRate: 25, live: true }],
      ...{ user: login.username, password: login.password, ...(port !== undefined && { port }) },
    });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-rtsp-station-'));
    const source = await renderVideo({ path: join(folder, 'source.mp4'), frames: 100 });
    file = join(folder, 'source.units');
    await writeAccessUnits({ source, out: file, width: 320, height: 240, frameRate: 25 });
    server = await start();
  }, 60_000);
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function camera(settings: object, judged: Picture[] = []): StationCamera {
    const url = `rtsp://127.0.0.1:${server.port}/line`;
    return new StationCamera({
      source: cameraSource.parse({ url, ...login, ...settings }),
      ...{ allow: ['127.0.0.0/8'], clock: systemClock, logger: createLogger('silent') },
      judge: async (picture) => void judged.push(picture),
    });
  }
  const streams = (one: StationCamera) => expect.poll(() => one.state.state, { timeout: 20_000 }).toBe('streaming');
  async function numberOf({ content }: Picture): Promise<number> {
    const { data, info } = await sharp(content).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([320, 240]);
    return readFrameNumber({ width: info.width, height: info.height, format: 'rgb24', data });
  }

  it.each(['tcp', 'udp'] as const)(
    'gives a newer picture at each trigger over %s',
    async (transport) => {
      const one = camera({ transport });
      try {
        await streams(one);
        expect(one.problem()).toBeNull();
        const [first, second] = [
          await one.next(AbortSignal.timeout(10_000)),
          await one.next(AbortSignal.timeout(10_000)),
        ];
        // Two frames later at least, of a hundred that come round.
        const later = (100 + (await numberOf(second)) - (await numberOf(first))) % 100;
        expect(later).toBeGreaterThan(0);
        expect(later).toBeLessThan(50);
      } finally {
        await one.close();
      }
    },
    60_000,
  );

  it('is judged every so often, and says that it is lost and that it is back', async () => {
    const judged: Picture[] = [];
    const one = camera({ take: { when: 'interval', seconds: 0.2 } }, judged);
    try {
      await expect.poll(() => judged.length, { timeout: 20_000 }).toBeGreaterThan(2);
      const { port } = server;
      await server.close();
      await expect.poll(() => one.state.state, { timeout: 20_000 }).toBe('lost');
      expect(one.problem()).toMatch(/^MEDIA_/);
      server = await start(port);
      const before = judged.length;
      await streams(one);
      await expect.poll(() => judged.length, { timeout: 20_000 }).toBeGreaterThan(before);
    } finally {
      await one.close();
    }
  }, 60_000);

  it('says that its password is wrong, without showing it', async () => {
    const one = camera({ password: 'wrong-one' });
    try {
      await expect.poll(() => one.problem(), { timeout: 20_000 }).toBe('MEDIA_UNAUTHORIZED');
      expect(JSON.stringify(one.state)).not.toContain('wrong-one');
    } finally {
      await one.close();
    }
  }, 60_000);
});
