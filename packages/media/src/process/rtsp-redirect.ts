import { connect } from 'node:net';
import { AddressRules } from '@millwright/kernel/addresses';
import { resolveHost } from '../address/resolve-host.ts';
import { withHost } from '../address/with-host.ts';
import type { InputCommand } from '../wire/commands.ts';
import { MediaFailure } from './failure.ts';

const most = 3;
const answerMs = 2000;

/**
 * Follows the redirects of an RTSP server before FFmpeg does, who would follow them anywhere. A server that cannot be
 * asked is left to FFmpeg, which says better what is wrong with it.
 */
export async function followRedirects(command: InputCommand): Promise<string> {
  let address = command.url;
  for (let count = 0; count < most && address.startsWith('rtsp://'); count++) {
    const location = await askFor(address);
    if (!location || !URL.canParse(location)) return address;
    address = await checkedLocation(location, address, command);
  }
  return address;
}

async function checkedLocation(location: string, from: string, command: InputCommand): Promise<string> {
  const url = new URL(location);
  const source = command.shown;
  if (url.protocol !== 'rtsp:' && url.protocol !== 'rtsps:')
    throw new MediaFailure('MEDIA_ADDRESS_INVALID', { source });
  const found = await resolveHost(plainHost(url), new AddressRules(command.allow));
  if (!found.allowed) throw new MediaFailure('MEDIA_ADDRESS_FORBIDDEN', { source, address: found.address });
  const pinned = new URL(withHost(location, found.address));
  const before = new URL(from);
  // The password is for the machine that was named, and no other.
  if (plainHost(before) === found.address && !pinned.username) {
    pinned.username = before.username;
    pinned.password = before.password;
  }
  return pinned.href;
}

export const plainHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** The place that the server sends its clients to, if it does. */
function askFor(address: string): Promise<string | undefined> {
  const url = new URL(address);
  const bare = address.replace(/^(rtsp:\/\/)[^/?#]*@/, '$1');
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host: plainHost(url), port: Number(url.port || 554), timeout: answerMs });
    const finish = (location?: string) => {
      socket.destroy();
      resolve(location);
    };
    socket.setEncoding('latin1');
    socket.on('connect', () =>
      socket.write(`DESCRIBE ${bare} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\nUser-Agent: Millwright\r\n\r\n`),
    );
    socket.on('data', (text: string) => {
      answer += text;
      if (!answer.includes('\r\n\r\n') && answer.length < 16_384) return;
      const moved = /^RTSP\/1\.\d 30[1-8] /.test(answer);
      finish(moved ? /^location:\s*(\S+)/im.exec(answer)?.[1] : undefined);
    });
    for (const event of ['timeout', 'error', 'close']) socket.on(event, () => finish());
  });
}
