import { openBus } from '@millwright/bus';
import { loadConfig, systemClock } from '@millwright/kernel';
import { AddressGuard } from '@millwright/kernel/node';
import { collectLogs } from '@millwright/testkit';
import { connectAsync } from 'mqtt';
import { emailChannel } from '../email/email-channel.ts';
import { mqttChannel } from '../mqtt/mqtt-channel.ts';
import { newWebhookSecret } from '../webhook/signature.ts';
import { webhookChannel } from '../webhook/webhook-channel.ts';
import { atLeast, type ChannelDriver, type Received } from './channel-driver.ts';
import { openMailReceiver } from './mail-receiver.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';

/** A receiver for every kind of channel; the suite fails for a kind that has none here. */
export const drivers: Record<string, () => Promise<ChannelDriver>> = {
  async webhook() {
    const receiver = await openWebhookReceiver();
    return {
      kind: webhookChannel,
      settings: { url: receiver.url },
      parts: { guard: new AddressGuard('127.0.0.0/8') },
      secrets: [newWebhookSecret()],
      received: async (least) =>
        (await atLeast(receiver.posts, least)).map(({ headers, body }) => ({
          id: String(headers['webhook-id']),
          text: body,
        })),
      refuse() {
        receiver.answer = { status: 422, text: 'no such rule' };
      },
      away: () => receiver.close(),
      close: () => receiver.close(),
    };
  },

  async mqtt() {
    const { logger } = collectLogs();
    const anybody = { mayPublish: () => true, maySubscribe: () => true };
    const bus = await openBus({
      ...{ kind: 'embedded', host: '127.0.0.1', port: 0, clock: systemClock, logger },
      access: { authenticate: async () => anybody },
    });
    const client = await connectAsync(bus.url, { clientId: 'siren', reconnectPeriod: 0 });
    const arrived: Received[] = [];
    client.on('message', (_topic, payload) => {
      const text = payload.toString('utf8');
      arrived.push({ id: JSON.parse(text).id, text });
    });
    await client.subscribeAsync('millwright/alerts/#', { qos: 1 });
    const close = async () => {
      await client.endAsync(true);
      await bus.close();
    };
    return {
      kind: mqttChannel,
      settings: { topic: 'millwright/alerts/{site}/{module}/{severity}' },
      parts: { bus },
      secrets: [],
      received: (least) => atLeast(arrived, least),
      away: close,
      close,
    };
  },

  async email() {
    const receiver = await openMailReceiver();
    const flags = { smtpUrl: receiver.url, smtpFrom: 'Millwright <alerts@plant.example>' };
    return {
      kind: emailChannel,
      settings: { to: ['safety@plant.example'], pictures: false },
      parts: { config: loadConfig({ environment: {}, flags }) },
      secrets: [],
      received: async (least) =>
        (await atLeast(receiver.mails, least)).map(({ mail }) => ({
          id: mail.headers.find(({ key }) => key === 'x-millwright-message')?.value ?? '',
          text: `${mail.subject}\n${mail.text}`,
        })),
      refuse() {
        receiver.refuseAll = true;
      },
      away: () => receiver.close(),
      close: () => receiver.close(),
    };
  },
};
