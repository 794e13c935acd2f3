import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Over a broker anybody else may be connected to, a message proves by itself that it is from the box, or from the server:
 * 64 hexadecimal digits of HMAC-SHA-256 (RFC 2104) before the JSON. The key is the hash of the box’s token, which both
 * sides have. A message that is repeated does no harm: its sequence has been applied already.
 */
const macOf = (tokenHash: string, way: 'up' | 'down', body: string): string =>
  createHmac('sha256', tokenHash).update(`${way}\n`).update(body).digest('hex');

export function sealed(tokenHash: string, way: 'up' | 'down', content: unknown): string {
  const body = JSON.stringify(content);
  return macOf(tokenHash, way, body) + body;
}

/** The content, or undefined for what is not from whom it says it is, or no JSON. */
export function unsealed(tokenHash: string, way: 'up' | 'down', message: string): unknown {
  const [mac, body] = [message.slice(0, 64), message.slice(64)];
  const expected = Buffer.from(macOf(tokenHash, way, body));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
