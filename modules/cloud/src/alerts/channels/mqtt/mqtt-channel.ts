import type { Bus } from '@millwright/bus';
import { z } from 'zod';
import { alertErrors } from '../../errors.ts';
import { jsonOf, type OutgoingMessage } from '../../outgoing-message.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { isReserved, isTemplate, topicOf } from './topic-template.ts';

const configSchema = z.strictObject({
  /** Topic, with `{channel}`, `{site}`, `{module}`, `{kind}`, `{severity}` and `{subject}` put in. */
  topic: z
    .string()
    .min(1)
    .max(500)
    .refine(isTemplate, {
      error: 'must be a topic that begins with a fixed level and has only fields of known names',
    })
    .default('millwright/alerts/{site}/{module}/{severity}'),
});

const patienceMs = 15_000;

/**
 * What is handed to an outside broker that is away stays with the client, which sends it once the broker is back. Another
 * attempt waits for that one instead of adding a copy.
 */
const underWay = new WeakMap<Bus, Map<string, Promise<void>>>();

/** Resolves once the broker has acknowledged. */
async function acknowledged(bus: Bus, topic: string, message: OutgoingMessage): Promise<void> {
  const waiting = underWay.get(bus) ?? new Map<string, Promise<void>>();
  underWay.set(bus, waiting);
  const key = `${message.id} ${topic}`;
  const publish =
    waiting.get(key) ?? bus.publish(topic, jsonOf(message), { qos: 1 }).finally(() => waiting.delete(key));
  waiting.set(key, publish);
  const patience = AbortSignal.timeout(patienceMs);
  const slow = new Promise<never>((_, reject) => {
    patience.onabort = () => reject(alertErrors.ALERT_RECEIVER_SLOW({ host: 'MQTT', seconds: patienceMs / 1000 }));
  });
  await Promise.race([publish, slow]).finally(() => {
    patience.onabort = null;
  });
}

export const mqttChannel = defineChannelKind<z.output<typeof configSchema>>({
  kind: 'mqtt',
  configSchema,
  signs: false,
  cover: (settings) => ({ ...settings }),
  uncover: (next) => next,
  async check({ topic }) {
    if (isReserved(topic)) throw alertErrors.ALERT_TOPIC_RESERVED({ topic });
  },
  async send({ topic: template }, message, _context, { bus }) {
    const topic = topicOf(template, message);
    if (isReserved(topic)) throw alertErrors.ALERT_TOPIC_RESERVED({ topic });
    await acknowledged(bus, topic, message);
    return `QoS 1 ${topic}`.slice(0, 500);
  },
  isOfMessage: (code) => code === 'ALERT_TOPIC_RESERVED' || code === 'BUS_TOPIC_INVALID',
});
