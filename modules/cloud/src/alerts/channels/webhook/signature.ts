import { createHmac, randomBytes } from 'node:crypto';

/**
 * Signatures as Standard Webhooks 1.0 (standardwebhooks.com) has them: HMAC-SHA256 over `id.timestamp.body`, so that a
 * receiver knows who sent it and when, and can refuse what is sent once more later.
 */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The three headers. `time` in milliseconds; each secret gives a signature, for receivers that know another one yet. */
export function signatureHeaders(
  secrets: readonly string[],
  id: string,
  time: number,
  body: string,
): Record<string, string> {
  const timestamp = String(Math.floor(time / 1000));
  const sign = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${sign(secret)}`).join(' '),
  };
}
