import { lookup } from 'node:dns/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressRules } from '@millwright/kernel/addresses';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { inputCommand } from '../input-options.ts';
import { GuardedProxy } from '../process/guarded-proxy.ts';

/** What each question for the name is answered with, in turn: a name server of somebody else's. */
const answers = vi.hoisted(() => ({ next: [] as string[][] }));
vi.mock('node:dns/promises', () => ({
  lookup: vi.fn(async () =>
    answers.next.shift()!.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  ),
}));
const asked = vi.mocked(lookup);
afterEach(() => {
  asked.mockClear();
  answers.next = [];
});

describe('a name that leads elsewhere when it is asked for again', () => {
  it('is asked for once, and its address is what a stream is opened at', async () => {
    answers.next = [['93.184.216.34'], ['127.0.0.1']];
    const { url } = await inputCommand({ url: 'rtsp://u:p@cam.example:554/main' });
    expect(url).toBe('rtsp://u:p@93.184.216.34:554/main');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is refused when one of its addresses is inside', async () => {
    answers.next = [['93.184.216.34', '10.0.0.3']];
    const opening = inputCommand({ url: 'rtsp://cam.example/main' });
    await expect(opening).rejects.toMatchObject({ code: 'MEDIA_ADDRESS_FORBIDDEN', details: { address: '10.0.0.3' } });
  });

  it('is looked at anew for each connection over HTTP, and connected to where it was looked at', async () => {
    let reached = 0;
    const inside = createServer((_, response) => {
      reached++;
      response.end('inside');
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    const proxy = await GuardedProxy.start(new AddressRules(['127.0.0.9']));
    const { port } = new URL(process.env.http_proxy!);
    const through = () =>
      new Promise<number>((resolve, reject) => {
        const path = `http://cam.example:${(inside.address() as AddressInfo).port}/`;
        get({ host: '127.0.0.1', port, path, headers: { host: 'cam.example' } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode!);
        }).on('error', reject);
      });
    // Allowed at first (where nobody listens), then inside.
    answers.next = [['127.0.0.9'], ['127.0.0.1'], ['::ffff:127.0.0.1']];
    expect([await through(), await through(), await through()]).toEqual([502, 403, 403]);
    expect(reached).toBe(0);
    expect(proxy.refused).toBe('127.0.0.1');
    proxy.close();
    inside.close();
  });
});
