import { z } from 'zod';
import { jsonOf } from '../../outgoing-message.ts';
import { covered, defineChannelKind } from '../channel-kind.ts';
import { openAddress, postJson } from './post-json.ts';
import { signatureHeaders } from './signature.ts';

const configSchema = z.strictObject({
  /** Where to post to. What comes after a `?` is kept covered, for it often holds a key. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => URL.canParse(text) && new URL(text).username === '' && new URL(text).password === '', {
      error: 'must hold no user name and password',
    }),
});

/** Answers that say something of the message and nothing of the receiver’s health. */
const ofMessage = (answer: unknown) =>
  typeof answer === 'number' && answer >= 400 && answer < 500 && ![401, 403, 404, 408, 410, 429].includes(answer);

export const webhookChannel = defineChannelKind<z.output<typeof configSchema>>({
  kind: 'webhook',
  configSchema,
  signs: true,
  cover({ url }, reader) {
    const { origin, pathname, search } = new URL(url);
    if (reader === 'other') return { url: `${origin}/${covered}` };
    return { url: `${origin}${pathname}${search && `?${covered}`}` };
  },
  uncover(next, before) {
    const same = typeof next.url === 'string' && next.url === this.cover(before, 'manager').url;
    return same ? { ...next, url: before.url } : next;
  },
  async check({ url }, { guard }) {
    await openAddress(new URL(url), guard);
  },
  async send({ url }, message, { now, secrets }, { guard }) {
    const body = jsonOf(message);
    return postJson(new URL(url), body, signatureHeaders(secrets, message.id, now, body), guard);
  },
  isOfMessage: (code, { answer }) => code === 'ALERT_RECEIVER_REFUSED' && ofMessage(answer),
});
