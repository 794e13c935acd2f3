import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isMillwrightError } from '@millwright/kernel';
import type { AddressGuard } from '@millwright/kernel/node';
import { alertErrors } from '../../errors.ts';

const patienceMs = 15_000;
/** Of an answer; what a receiver has to say when it refuses is in its first words. */
const mostAnswerBytes = 4096;

/**
 * Posts JSON and resolves to the status once the receiver said 2xx. Follows no redirect: it could lead inside. Goes
 * through no proxy and keeps no connection, so that the address that was judged is the one that is called.
 */
export async function postJson(
  url: URL,
  body: string,
  headers: Record<string, string>,
  guard: AddressGuard,
): Promise<string> {
  await openAddress(url, guard);
  const { status, text } = await call(url, body, headers, guard);
  if (status >= 200 && status < 300) return `HTTP ${status}`;
  throw alertErrors.ALERT_RECEIVER_REFUSED({ host: url.host, answer: status, text });
}

/** Throws when the address is inside, or would be called without encryption and is in no network that is allowed. */
export async function openAddress(url: URL, guard: AddressGuard): Promise<void> {
  const addresses = await guard.check(url.hostname);
  if (url.protocol !== 'https:' && !addresses.every((address) => guard.isAllowed(address)))
    throw alertErrors.ALERT_URL_INSECURE({ host: url.host });
}

async function call(
  url: URL,
  body: string,
  headers: Record<string, string>,
  guard: AddressGuard,
): Promise<{ status: number; text: string }> {
  const { host } = url;
  const signal = AbortSignal.timeout(patienceMs);
  const request = url.protocol === 'https:' ? requestTls : requestPlain;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(url, {
        ...{ method: 'POST', agent: false, lookup: guard.lookup, signal },
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Millwright-Alerts/1',
        },
      });
      sent.on('response', resolve).on('error', reject);
      sent.end(body);
    });
    return { status: response.statusCode ?? 0, text: await beginning(response) };
  } catch (error) {
    if (isMillwrightError(error)) throw error;
    if (signal.aborted) throw alertErrors.ALERT_RECEIVER_SLOW({ host, seconds: patienceMs / 1000 }, error);
    throw alertErrors.ALERT_RECEIVER_AWAY({ host, reason: reasonOf(error) }, error);
  }
}

/** The first words of an answer, on one line. */
async function beginning(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= mostAnswerBytes) break;
  }
  const text = Buffer.concat(parts).toString('utf8').replaceAll(/\s+/g, ' ').trim();
  return text.replaceAll(/[^\P{C} ]/gu, '').slice(0, 200);
}

/** Several addresses that all failed come as one error with no words of its own. */
function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
