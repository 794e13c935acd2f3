import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVideo } from '../open-video.ts';
import { probe } from '../probe.ts';
import { renderVideo } from '../support/render-video.ts';
import { readFrameNumber } from '../support/scene.ts';
import { parseAddress } from './media-address.ts';
import { withHost } from './with-host.ts';

describe('parseAddress', () => {
  it.each([
    'ftp://a/b',
    'concat:a|b',
    'data:video/mp4;base64,AA',
    'subfile:,,a',
    'pipe:0',
    'rtsp://',
    ' ',
    'tcp://1.1.1.1:1',
  ])('should refuse %s', (address) =>
    expect(() => parseAddress(address)).toThrow(expect.objectContaining({ code: 'MEDIA_ADDRESS_INVALID' })),
  );

  it('should never show a password', () => {
    expect(parseAddress('rtsp://user:secret@cam.example/live?a=1').shown).toBe('rtsp://user:***@cam.example/live?a=1');
    expect(parseAddress('https://user:secret@cam.example/').shown).not.toContain('secret');
    const inQuery = parseAddress('http://cam.example/live.m3u8?user=me&pwd=secret&Token=hidden&channel=2').shown;
    expect(inQuery).toBe('http://cam.example/live.m3u8?user=me&pwd=***&Token=***&channel=2');
    expect(() => parseAddress('rtsp://user:sec@ret word@cam:port/')).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/sec|ret word/) }),
    );
  });

  it('should change the host and nothing else', () => {
    expect(withHost('rtsp://u:p%40@cam.example:554/a@b?c', '10.0.0.1')).toBe('rtsp://u:p%40@10.0.0.1:554/a@b?c');
    expect(withHost('rtsp://cam/a', '::1')).toBe('rtsp://[::1]/a');
    expect(withHost('rtsp://[fe80::1]:554/a', '1.2.3.4')).toBe('rtsp://1.2.3.4:554/a');
  });
});

describe('an address inside the network', () => {
  let folder: string;
  let server: Server;
  let port: number;
  let inside = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-guard-'));
    await renderVideo({ path: join(folder, 'part.ts'), frames: 50 });
    await renderVideo({ path: join(folder, 'video.mp4'), frames: 50 });
    server = createServer(async (request, response) => {
      // 127.0.0.2 plays the machine that must not be reached.
      if (request.socket.localAddress === '127.0.0.2') inside++;
      const path = new URL(request.url!, 'http://x').pathname;
      if (path.startsWith('/away/')) {
        const location = `http://${decodeURIComponent(path.slice('/away/'.length))}:${port}/video.mp4`;
        response.writeHead(302, { location }).end();
      } else if (path === '/away') response.writeHead(302, { location: `http://127.0.0.2:${port}/video.mp4` }).end();
      else if (path === '/locked.mp4') response.writeHead(401).end();
      else if (path.endsWith('.m3u8')) response.end(playlists[path]!(port));
      else
        response.end(
          await readFile(join(folder, path.slice(1))).catch(() => {
            response.statusCode = 404;
            return '';
          }),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const playlist = (uri: string) =>
    `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${uri}\n#EXT-X-ENDLIST\n`;
  const playlists: Record<string, (port: number) => string> = {
    '/good.m3u8': () => playlist('part.ts'),
    '/inside.m3u8': (port) => playlist(`http://127.0.0.2:${port}/part.ts`),
    '/decimal.m3u8': (port) => playlist(`http://2130706434:${port}/part.ts`),
    '/mapped.m3u8': (port) => playlist(`http://[::ffff:127.0.0.2]:${port}/part.ts`),
    '/key.m3u8': (port) =>
      playlist('part.ts').replace(
        '#EXTINF',
        `#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.2:${port}/key.bin",IV=0x00000000000000000000000000000001\n#EXTINF`,
      ),
    '/main.m3u8': (port) =>
      `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000000,RESOLUTION=320x240\nhttp://127.0.0.2:${port}/good.m3u8\n`,
    '/file.m3u8': () => playlist(`file://${folder}/part.ts`),
  };
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  const allow = ['127.0.0.1'];

  it.each([
    'http://127.0.0.1:1/a',
    'http://localhost:1/a',
    'http://2130706433/a',
    'http://0x7f.1/a',
    'http://[::1]/a',
    'http://[::ffff:127.0.0.1]/a',
    'rtsp://127.0.0.1/a',
    'rtsp://0x7f000001/a',
    'rtsp://2130706433/a',
    'rtsp://localhost/a',
    'rtsp://[::1]/a',
    'rtsp://[::ffff:7f00:1]/a',
    'rtsp://192.168.1.4/a',
    'rtsps://10.0.0.1/a',
    'http://169.254.169.254/latest/meta-data',
  ])('should not be opened as %s', async (url) => {
    await expect(openVideo({ url })).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN' });
  });

  it('should be opened when it is allowed', async () => {
    const video = await openVideo({ url: at('/video.mp4'), allow });
    const frames = await Array.fromAsync(video.frames());
    expect(frames.map(({ look }) => readFrameNumber(look))).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('should play HLS through the guard', async () => {
    const video = await openVideo({ url: at('/good.m3u8'), allow });
    expect(video.info.container).toBe('hls');
    expect(await Array.fromAsync(video.frames())).toHaveLength(50);
  });

  it.each([
    '/away',
    '/away/2130706434',
    '/away/0x7f.0.0.2',
    '/away/[::ffff:7f00:2]',
    '/inside.m3u8',
    '/decimal.m3u8',
    '/mapped.m3u8',
    '/main.m3u8',
  ])('should not be reached through %s', async (path) => {
    await expect(probe({ url: at(path), allow })).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN' });
    expect(inside).toBe(0);
  });

  it('should not be reached for the key of a playlist', async () => {
    // Whether the pictures can be had without it or not.
    await probe({ url: at('/key.m3u8'), allow }).catch(() => undefined);
    expect(inside).toBe(0);
  });

  it('should not let a playlist read files of this machine', async () => {
    await expect(probe({ url: at('/file.m3u8'), allow })).rejects.toMatchObject({
      code: expect.stringMatching(/^MEDIA_/),
    });
    const path = join(folder, 'local.m3u8');
    await writeFile(path, playlist('http://127.0.0.2:1/part.ts'));
    await expect(probe({ url: path })).rejects.toMatchObject({ code: expect.stringMatching(/^MEDIA_/) });
  });

  it('should not be reached through a redirect of RTSP', async () => {
    let asked = 0;
    const target = createTcpServer((socket) => {
      asked++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.2', resolve));
    const { port: targetPort } = target.address() as AddressInfo;
    const redirecting = createTcpServer((socket) => {
      socket.on('data', (data) => {
        const sequence = /CSeq: (\d+)/i.exec(data.toString())?.[1];
        const location = `rtsp://127.0.0.2:${targetPort}/inside`;
        socket.write(`RTSP/1.0 302 Moved\r\nCSeq: ${sequence}\r\nLocation: ${location}\r\n\r\n`);
      });
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port: redirectPort } = redirecting.address() as AddressInfo;
    const opening = probe({ url: `rtsp://127.0.0.1:${redirectPort}/cam`, allow });
    await expect(opening).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN' });
    expect(asked).toBe(0);
    target.close();
    redirecting.close();
  });

  it('should tell a wrong password, a missing file and a closed port apart', async () => {
    await expect(probe({ url: at('/locked.mp4'), allow })).rejects.toMatchObject({ code: 'MEDIA_UNAUTHORIZED' });
    await expect(probe({ url: at('/missing.mp4'), allow })).rejects.toMatchObject({ code: 'MEDIA_SOURCE_MISSING' });
    await expect(probe({ url: 'http://127.0.0.1:1/a.mp4', allow })).rejects.toMatchObject({
      code: 'MEDIA_UNREACHABLE',
    });
    await expect(probe({ url: 'rtsp://127.0.0.1:1/a', allow })).rejects.toMatchObject({ code: 'MEDIA_UNREACHABLE' });
    await expect(probe({ url: 'rtsp://no-such-host.invalid/a' })).rejects.toMatchObject({ code: 'MEDIA_UNREACHABLE' });
  });
});
