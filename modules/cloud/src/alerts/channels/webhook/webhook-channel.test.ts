import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { AddressGuard } from '@millwright/kernel/node';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelParts } from '../channel-kind.ts';
import { sampleMessage } from '../support/sample-message.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';
import { newWebhookSecret } from './signature.ts';
import { webhookChannel } from './webhook-channel.ts';

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await openWebhookReceiver();
});
afterEach(() => receiver.close());

const secret = newWebhookSecret();
const send = (url: string, allowed = '127.0.0.0/8, ::1', now = Date.now()) =>
  webhookChannel.send({ url }, sampleMessage(), { now, secrets: [secret], done: [] }, {
    guard: new AddressGuard(allowed),
  } as ChannelParts);

describe('the signature', () => {
  const verify = ({ headers, body }: (typeof receiver.posts)[0], key = secret) =>
    new Webhook(key).verify(body, headers as Record<string, string>);

  it('is what a library of the standard verifies', async () => {
    await send(receiver.url);
    expect(verify(receiver.posts[0]!)).toMatchObject({ type: 'millwright.alerts' });
  });

  it('fits no other secret, no other body, and no time long ago', async () => {
    await send(receiver.url);
    await send(receiver.url, undefined, Date.now() - 6 * 60_000);
    const [fresh, old] = receiver.posts as [(typeof receiver.posts)[0], (typeof receiver.posts)[0]];
    expect(() => verify(fresh, newWebhookSecret())).toThrow('No matching signature');
    expect(() => verify({ ...fresh, body: fresh.body.replace('Gate 3', 'Gate 4') })).toThrow('No matching signature');
    expect(() => verify(old)).toThrow('too old');
  });
});

describe('an address', () => {
  it.each([
    ['by its address', (url: URL) => url],
    ['by another way to write it', (url: URL) => Object.assign(new URL(url), { hostname: '2130706433' })],
    ['by a name', (url: URL) => Object.assign(new URL(url), { hostname: 'localhost' })],
  ])('inside is not called %s', async (_how, change) => {
    await expect(send(change(new URL(receiver.url)).href, '')).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' });
    expect(receiver.posts).toEqual([]);
  });

  it('that was allowed when it was saved is asked for again at every call', async () => {
    const settings = { url: receiver.url };
    await webhookChannel.check(settings, { guard: new AddressGuard('127.0.0.1') } as ChannelParts);
    await expect(send(settings.url, '10.0.0.0/8')).rejects.toMatchObject({ code: 'ADDRESS_INTERNAL' });
  });

  it('that speaks no TLS where it should is said to be away', async () => {
    const url = receiver.url.replace('http:', 'https:');
    await expect(send(url)).rejects.toMatchObject({ code: 'ALERT_RECEIVER_AWAY' });
  });
});

describe('a receiver', () => {
  let raw: Server | undefined;
  afterEach(() => raw?.close());
  const speaking = async (words: string): Promise<string> => {
    raw = createServer((socket) => socket.on('error', () => undefined).end(words));
    await new Promise<void>((resolve) => raw!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;
  };

  it('that answers nonsense is said to be away', async () => {
    await expect(send(await speaking('hello\r\n\r\n'))).rejects.toMatchObject({ code: 'ALERT_RECEIVER_AWAY' });
  });

  it('that hangs up in the middle of its answer is said to be away', async () => {
    const half = 'HTTP/1.1 500 Oops\r\ncontent-length: 5000\r\n\r\nhalf';
    await expect(send(await speaking(half))).rejects.toMatchObject({ code: 'ALERT_RECEIVER_AWAY' });
  });

  it('that has much to say is heard for a while only, and on one line', async () => {
    receiver.answer = { status: 500, text: `no\n\u0007<b>way</b>${'!'.repeat(2_000_000)}` };
    const error = (await send(receiver.url).catch((one: unknown) => one)) as { details: { text: string } };
    expect(error.details.text).toMatch(/^no <b>way<\/b>!+$/);
    expect(error.details.text.length).toBeLessThanOrEqual(200);
  });
});
