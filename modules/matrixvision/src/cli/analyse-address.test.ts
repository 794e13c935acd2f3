import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probe } from '@millwright/media';
import { hasRtspServer, type RtspServer, startRtspServer, writeAccessUnits } from '@millwright/media/test-support';
import { TcpProxy } from '@millwright/testkit';
import { renderScene } from '@millwright/testkit/scene';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runAnalyse, verifyAnalysis } from '../test-support/run-analyse.ts';
import { walkwayRules, walkwayScene } from '../test-support/test-walkway.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';

let folder: string;
let video: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-analyse-address-'));
  video = join(folder, 'walkway.mp4');
  await renderScene(walkwayScene, { out: video });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const local = { 'allow-network': '127.0.0.0/8' };
const rules = JSON.stringify(walkwayRules);

async function filesBelow(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** No file that an analysis wrote holds the secret. */
async function expectNoSecret(out: string, secret: string): Promise<void> {
  for (const file of await filesBelow(out)) expect((await readFile(file)).includes(secret), file).toBe(false);
}

describe('a file behind HTTP', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url!, 'http://x');
      if (pathname === '/list.m3u8') {
        response.end('#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nwalkway.mp4\n#EXT-X-ENDLIST\n');
        return;
      }
      const { size } = await stat(video);
      const [, from = '0'] = /bytes=(\d+)-/.exec(request.headers.range ?? '') ?? [];
      response.writeHead(request.headers.range ? 206 : 200, {
        ...{ 'accept-ranges': 'bytes', 'content-length': size - Number(from), 'content-type': 'video/mp4' },
        ...(request.headers.range && { 'content-range': `bytes ${from}-${size - 1}/${size}` }),
      });
      createReadStream(video, { start: Number(from) }).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is recorded while it is analysed, and verify replays the recording', async () => {
    const out = join(folder, 'http');
    const address = `${base.replace('//', '//guest:open-sesame@')}/walkway.mp4?token=hush-hush`;
    const answer = await runAnalyse(address, { ...local, rules, out, every: '2', labels: 'person' });
    expect(answer).toMatchObject({ frames: 60, looked: 30, ended: 'end', lost: null, brokenOff: null });
    expect(answer.counts.middle).toEqual({ in: 1, out: 1, unconfirmedIn: 0, unconfirmedOut: 0 });
    expect(Date.parse(answer.video.startedAt!)).toBeGreaterThan(Date.now() - 600_000);
    expect(answer.events.length).toBeGreaterThanOrEqual(3);
    for (const { at, clip, evidence, track } of answer.events) {
      expect(at).toBeGreaterThan(0);
      expect(at).toBeLessThan(6.5);
      expect(track).toBeGreaterThan(0);
      expect(evidence).toBe(join(out, 'evidence.json'));
      expect(await probe({ url: clip! })).toMatchObject({ codec: 'h264', width: 512, height: 288 });
    }
    const evidence = JSON.parse(await readFile(answer.evidence!, 'utf8'));
    expect(evidence.inputs.map(({ name }: { name: string }) => name)).toEqual([
      expect.stringMatching(/^recording\/\d{4}-\d\d-\d\d\/.*\.mp4$/),
    ]);
    expect(evidence.parameters.recording.source).toBe(`${base.replace('//', '//guest:***@')}/walkway.mp4?token=***`);
    await expectNoSecret(out, 'open-sesame');
    await expectNoSecret(out, 'hush-hush');
    expect(await verifyAnalysis(answer.evidence!)).toEqual({ status: 'proved', checked: 1, method: expect.anything() });
  }, 180_000);

  it('may be a playlist', async () => {
    const answer = await runAnalyse(`${base}/list.m3u8`, { ...local, every: '10', labels: 'person', seconds: '3' });
    expect(answer).toMatchObject({ ended: 'seconds', evidence: null });
    expect(answer.frames).toBeGreaterThanOrEqual(30);
    expect(answer.frames).toBeLessThanOrEqual(32);
  }, 60_000);

  it('is refused inside the network unless that is allowed, and leaves nothing behind', async () => {
    const out = join(folder, 'forbidden');
    const analysing = runAnalyse(`${base.replace('//', '//guest:open-sesame@')}/walkway.mp4`, { out });
    await expect(analysing).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN' });
    await expect(analysing).rejects.not.toThrow(/open-sesame/);
    expect(await readdir(out)).toEqual([]);
  });
});

describe('an address that gives no picture', () => {
  it('is given up after the time that was allowed, when it takes the connection and says nothing', async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const out = join(folder, 'mute');
    const analysing = runAnalyse(`rtsp://127.0.0.1:${port}/cam`, { ...local, out, timeout: '1' });
    await expect(analysing).rejects.toMatchObject({ code: 'MEDIA_TIMEOUT' });
    expect(await readdir(out)).toEqual([]);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('is told apart from an address that is none, and from a device that is not there', async () => {
    await expect(runAnalyse('ftp://camera/live')).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_INVALID' });
    await expect(runAnalyse('rtsp://127.0.0.1:1/live', local)).rejects.toMatchObject({ code: 'MEDIA_UNREACHABLE' });
    await expect(runAnalyse('usb:77')).rejects.toMatchObject({ code: 'MEDIA_SOURCE_MISSING' });
  });

  it.each([
    [{ transport: 'carrier-pigeon' }],
    [{ timeout: '0' }],
    [{ seconds: '-1' }],
    [{ seconds: '5', 'until-end': true }],
  ])('is not even opened with %o', async (options) => {
    await expect(runAnalyse('rtsp://127.0.0.1:1/live', { ...local, ...options })).rejects.toMatchObject({
      code: 'MATRIXVISION_OPTION_INVALID',
    });
  });
});

// Debian's GStreamer; `.ci/run` installs it.
describe.skipIf(!hasRtspServer())('a camera behind a real RTSP server', () => {
  let server: RtspServer;
  beforeAll(async () => {
    const out = join(folder, 'walkway.units');
    const file = await writeAccessUnits({ source: video, out, width: 512, height: 288, frameRate: 10 });
    const streams = [
      { path: '/cam', file, frameRate: 10 },
      { path: '/silent', file, frameRate: 10, stopAfter: 40 },
    ];
    server = await startRtspServer({ streams, user: 'operator', password: 'pass-word-1' });
  }, 60_000);
  afterAll(() => server?.close());

  const shared = { ...local, every: '5', labels: 'person' };

  it('is analysed for so many seconds, with evidence that holds', async () => {
    const out = join(folder, 'rtsp');
    const tracks = join(folder, 'rtsp-tracks.txt');
    const answer = await runAnalyse(server.url('/cam'), { ...shared, rules, out, tracks, seconds: '4' });
    // From the first picture that is recorded on: the wait for a key frame takes nothing away.
    expect(answer).toMatchObject({ ended: 'seconds', lost: null, video: { width: 512, height: 288 } });
    expect(answer.frames).toBeGreaterThan(25);
    expect(answer.frames).toBeLessThanOrEqual(42);
    expect(answer.tracks).toBeGreaterThan(0);
    expect(await readFile(tracks, 'utf8')).toMatch(/^\d+,\d+,/);
    await expectNoSecret(out, 'pass-word-1');
    expect(await verifyAnalysis(answer.evidence!)).toEqual({ status: 'proved', checked: 1, method: expect.anything() });
  }, 180_000);

  it('is analysed until Ctrl-C, with all written that came until then', async () => {
    const out = join(folder, 'interrupted');
    const abort = new AbortController();
    const analysing = runAnalyse(server.url('/cam'), { ...shared, out }, { signal: abort.signal });
    // A second and more of the stream is on disk.
    await vi.waitFor(async () => expect(await recordedBytes(out)).toBeGreaterThan(60_000), { timeout: 60_000 });
    abort.abort();
    const answer = await analysing;
    expect(answer).toMatchObject({ ended: 'interrupted', lost: null });
    expect(answer.frames).toBeGreaterThan(5);
    expect((await readdir(out)).sort()).toEqual(
      ['crossings.json', 'evidence.json', 'events.json', 'recording', 'rules.json', 'tracks.mwt', 'tracks.txt'].sort(),
    );
    expect(await verifyAnalysis(answer.evidence!)).toEqual({ status: 'proved', checked: 1, method: expect.anything() });
  }, 180_000);

  it('is connected to again when it is lost, says the gap, and all of it is proven', async () => {
    const out = join(folder, 'cut');
    const { proxy, url } = await behindProxy('/cam');
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    const analysing = runAnalyse(url, { ...shared, rules, out, seconds: '10' }, { note });
    await vi.waitFor(async () => expect(await recordedBytes(out)).toBeGreaterThan(60_000), { timeout: 60_000 });
    proxy.cut();
    const answer = await analysing;
    expect(answer).toMatchObject({ ended: 'seconds', lost: null, gaps: [{ code: 'MEDIA_STREAM_LOST' }] });
    const { from, to } = answer.gaps[0]!;
    expect(from).toBeGreaterThan(0.5);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeLessThan(10);
    // Pictures of before and after it, at their own times.
    const times = [...decodeTracks(await readFile(join(out, 'tracks.mwt')))].map(({ time }) => time);
    const inGap = times.map((time) => (time - times[0]!) / 1000).filter((time) => time > from + 0.3 && time < to - 0.3);
    expect(inGap).toEqual([]);
    expect((times.at(-1)! - times[0]!) / 1000).toBeGreaterThan(to);
    expect(notes.join('\n')).toMatch(/The stream is back; [\d.]+ s of it are missing/);
    const evidence = JSON.parse(await readFile(answer.evidence!, 'utf8'));
    const { startTimes, gaps } = evidence.parameters.recording;
    expect(evidence.inputs).toHaveLength(startTimes.length);
    expect(startTimes.length).toBeGreaterThanOrEqual(2);
    expect(gaps).toHaveLength(1);
    expect(await verifyAnalysis(answer.evidence!)).toMatchObject({ status: 'proved', checked: startTimes.length });
  }, 180_000);

  it('is lost when it stays away, with what came until then', async () => {
    const out = join(folder, 'away');
    const { proxy, url } = await behindProxy('/cam');
    const analysing = runAnalyse(url, { ...shared, out, 'until-end': true, 'lost-after': '2', timeout: '5' });
    await vi.waitFor(async () => expect(await recordedBytes(out)).toBeGreaterThan(60_000), { timeout: 60_000 });
    await proxy.stop();
    const answer = await analysing;
    expect(answer).toMatchObject({ ended: 'lost', gaps: [] });
    // The latter where the machine was too busy to try again in time.
    expect(['MEDIA_UNREACHABLE', 'MEDIA_STREAM_LOST']).toContain(answer.lost?.code);
    expect(answer.frames).toBeGreaterThan(5);
    expect(await verifyAnalysis(answer.evidence!)).toEqual({ status: 'proved', checked: 1, method: expect.anything() });
  }, 180_000);

  it('has its seconds also when it is away at their end', async () => {
    const { proxy, url } = await behindProxy('/cam');
    const out = join(folder, 'away-at-end');
    const analysing = runAnalyse(url, { ...shared, out, seconds: '6' });
    await vi.waitFor(async () => expect(await recordedBytes(out)).toBeGreaterThan(60_000), { timeout: 60_000 });
    await proxy.stop();
    expect(await analysing).toMatchObject({ ended: 'seconds', lost: null, gaps: [{ code: 'MEDIA_STREAM_LOST' }] });
  }, 180_000);

  it('is analysed as far as it went when it falls silent, and that is said', async () => {
    const out = join(folder, 'silent');
    const notes: string[] = [];
    const note = (text: string) => void notes.push(text);
    const answer = await runAnalyse(
      server.url('/silent'),
      // Long enough for the first picture on a busy machine.
      { ...shared, out, timeout: '5', 'lost-after': '1' },
      { note },
    );
    expect(answer).toMatchObject({ ended: 'lost', lost: { code: 'MEDIA_TIMEOUT' } });
    expect(answer.frames).toBeGreaterThan(5);
    expect(notes.join('\n')).toMatch(/sent no picture for 5 s/);
    expect(notes.join('\n')).not.toMatch(/pass-word-1/);
    expect(await verifyAnalysis(answer.evidence!)).toEqual({ status: 'proved', checked: 1, method: expect.anything() });
  }, 180_000);

  it('says that the password is wrong, without showing it, and leaves nothing behind', async () => {
    const out = join(folder, 'wrong-password');
    const analysing = runAnalyse(server.url('/cam').replace('pass-word-1', 'not-this-one'), { ...shared, out });
    await expect(analysing).rejects.toMatchObject({ code: 'MEDIA_UNAUTHORIZED' });
    await expect(analysing).rejects.not.toThrow(/not-this-one/);
    expect(await readdir(out)).toEqual([]);
  });

  /** The same stream through a link that can be cut. */
  async function behindProxy(path: string): Promise<{ proxy: TcpProxy; url: string }> {
    const url = new URL(server.url(path));
    const proxy = new TcpProxy(Number(url.port));
    await proxy.start();
    onTestFinished(() => proxy.stop().catch(() => undefined));
    url.port = String(proxy.port);
    return { proxy, url: url.href };
  }

  async function recordedBytes(out: string): Promise<number> {
    const files = await filesBelow(join(out, 'recording'));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  }
});
