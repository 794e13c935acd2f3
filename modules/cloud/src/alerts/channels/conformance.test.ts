import { isMillwrightError } from '@millwright/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../outgoing-message.ts';
import { type ChannelParts, PartlyTaken } from './channel-kind.ts';
import { channelKinds } from './registry.ts';
import type { ChannelDriver } from './support/channel-driver.ts';
import { drivers } from './support/drivers.ts';
import { sampleAlert, sampleMessage } from './support/sample-message.ts';

let driver: ChannelDriver | undefined;
afterEach(async () => {
  await driver?.close().catch(() => undefined);
  driver = undefined;
});

it('has a receiver for every kind', () =>
  expect(Object.keys(drivers).sort()).toEqual(channelKinds.map(({ kind }) => kind).sort()));

describe.each(channelKinds.map(({ kind }) => kind))('a channel of kind %s', (name) => {
  const open = async () => {
    driver = await drivers[name]!();
    return driver;
  };
  const send = ({ kind, settings, parts, secrets }: ChannelDriver, message: OutgoingMessage) =>
    kind.send(
      kind.configSchema.parse(settings),
      message,
      { now: Date.parse('2026-03-02T14:30:30Z'), secrets, done: [] },
      parts as ChannelParts,
    );
  const failureOf = async (sending: Promise<unknown>) => {
    const error = await sending.then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof PartlyTaken ? thrown.cause : thrown),
    );
    expect(isMillwrightError(error), String(error)).toBe(true);
    return error as { code: string; details: Record<string, unknown> };
  };

  it('says what the receiver said once it has the message', async () => {
    const open_ = await open();
    const message = sampleMessage();
    const receipt = await send(open_, message);
    expect(receipt.length).toBeGreaterThan(3);
    expect(receipt.length).toBeLessThanOrEqual(500);
    const [received] = await open_.received(1);
    expect(received?.id).toBe(message.id);
    for (const words of ['Gate 3 crossed', 'A person crossed the line at gate 3.', 'Qingdao', 'Safety desk'])
      expect(received?.text).toContain(words);
    expect(received?.text).toContain('https://millwright.example/matrixvision/events/1');
  });

  it('sends the same message under the same id again', async () => {
    const open_ = await open();
    const message = sampleMessage();
    await send(open_, message);
    await send(open_, message);
    const received = await open_.received(2);
    expect(received.map(({ id }) => id)).toEqual([message.id, message.id]);
    expect(received[0]!.text).toBe(received[1]!.text);
  });

  it('lists every alert of a message', async () => {
    const open_ = await open();
    const alerts = Array.from({ length: 250 }, (_, index) => sampleAlert({ title: `Event <${index}>` }));
    await send(open_, sampleMessage({ alerts }));
    const [received] = await open_.received(1);
    for (let index = 0; index < 250; index += 1) expect(received!.text).toContain(`Event <${index}>`);
  });

  it('speaks the language of the channel', async () => {
    const open_ = await open();
    const title = { en: 'Fire door open', 'zh-CN': '防火门未关', 'zh-TW': '防火門未關' };
    for (const language of ['zh-CN', 'zh-TW'] as const)
      await send(open_, sampleMessage({ language, title, alerts: [sampleAlert({ title })] }));
    const [simplified, traditional] = await open_.received(2);
    expect(simplified!.text).toContain('防火门未关');
    expect(traditional!.text).toContain('防火門未關');
    expect(simplified!.text + traditional!.text).not.toContain('Fire door');
  });

  it('takes whatever text comes from outside as text', async () => {
    const open_ = await open();
    const title = 'Line\r\nBcc: spy@evil.example\u2028 <script>alert(1)</script> "🔥" \u0007';
    await send(open_, sampleMessage({ title, alerts: [sampleAlert({ title, subject: 'a/b+#\r\n' })] }));
    const [received] = await open_.received(1);
    expect(received!.text).toContain('🔥');
    expect(received!.text).toContain('<script>');
  });

  it('says in a coded error that the receiver is away, which holds for all its messages', async () => {
    const open_ = await open();
    await open_.away();
    const { code, details } = await failureOf(send(open_, sampleMessage()));
    expect(open_.kind.isOfMessage(code, details)).toBe(false);
  });

  // A broker takes whatever a client may publish.
  if (name !== 'mqtt')
    it('says in a coded error that one message was refused', async () => {
      const open_ = await open();
      open_.refuse!();
      const { code, details } = await failureOf(send(open_, sampleMessage()));
      expect(open_.kind.isOfMessage(code, details)).toBe(true);
      expect(await open_.received(0)).toEqual([]);
    });

  it('refuses settings it does not know', async () => {
    const { kind, settings } = await open();
    expect(kind.configSchema.safeParse({ ...settings, retries: 3 }).success).toBe(false);
    expect(kind.configSchema.safeParse(settings).success).toBe(true);
  });

  it('keeps what was covered when a form sends it back', async () => {
    const { kind, settings } = await open();
    const before = kind.configSchema.parse(settings);
    const shown = kind.cover(before, 'manager');
    expect(kind.uncover(shown, before)).toEqual(before);
    expect(JSON.stringify([shown, kind.cover(before, 'other')])).not.toContain('geheim');
  });
});
