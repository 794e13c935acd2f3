import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { CodedPicture } from './pictures-of.ts';

/** One picture on its way: sent after so long, with this time in the stream. */
export interface SentPicture {
  readonly picture: CodedPicture;
  readonly afterMs: number;
  /** Milliseconds; may jump and run backwards. */
  readonly mediaMs: number;
}

/** What one connection gets; it is closed when the pictures are over, unless it is to be left silent. */
export interface Sitting {
  readonly codec: 'h264' | 'h265' | 'sound';
  readonly pictures: Iterable<SentPicture>;
  readonly thenSilent?: boolean;
}

export interface UnsteadyCamera {
  readonly url: string;
  /** Connections that were played to so far. */
  readonly sittings: number;
  close(): Promise<void>;
}

/**
 * A camera that does over RTSP (RFC 2326, RTP in the same connection) what real ones do on their bad days and no server can
 * be made to do: another picture size or codec on the way, timestamps that jump, sound only, silence.
 */
export async function startUnsteadyCamera(sit: (sitting: number) => Sitting): Promise<UnsteadyCamera> {
  const sockets = new Set<Socket>();
  let sittings = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let sitting: Sitting | undefined;
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      // Receiver reports of RTCP come in between: `$`, channel, length, bytes.
      text += chunk;
      for (;;) {
        while (text.startsWith('$') && text.length >= 4) {
          const length = 4 + text.charCodeAt(2) * 256 + text.charCodeAt(3);
          if (text.length < length) return;
          text = text.slice(length);
        }
        const end = text.indexOf('\r\n\r\n');
        if (end === -1 || text.startsWith('$')) return;
        const request = text.slice(0, end);
        text = text.slice(end + 4);
        const method = request.slice(0, request.indexOf(' '));
        if (method === 'DESCRIBE') sitting = sit(sittings);
        socket.write(answer(request, method, sitting), 'latin1');
        if (method !== 'PLAY' || !sitting) continue;
        sittings++;
        void play(socket, sitting);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/unsteady`,
    get sittings() {
      return sittings;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(request: string, method: string, sitting: Sitting | undefined): string {
  const sequence = /CSeq:\s*(\d+)/i.exec(request)?.[1] ?? '0';
  const head = `RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\n`;
  if (method === 'DESCRIBE') {
    const body = descriptionOf(sitting!.codec);
    return `${head}Content-Type: application/sdp\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  }
  if (method === 'SETUP')
    return `${head}Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1;timeout=60\r\n\r\n`;
  if (method === 'OPTIONS') return `${head}Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n`;
  return `${head}Session: 1\r\n\r\n`;
}

function descriptionOf(codec: Sitting['codec']): string {
  const media = {
    h264: ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H264/90000', 'a=fmtp:96 packetization-mode=1'],
    h265: ['m=video 0 RTP/AVP 96', 'a=rtpmap:96 H265/90000'],
    sound: ['m=audio 0 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000'],
  }[codec];
  const session = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=unsteady', 'c=IN IP4 0.0.0.0', 't=0 0'];
  return [...session, ...media, 'a=control:track0', ''].join('\r\n');
}

const mostPayload = 1400;
/** Bytes that may wait to be sent. */
const mostAhead = 4 * 1024 * 1024;

async function play(socket: Socket, { codec, pictures, thenSilent }: Sitting): Promise<void> {
  let sequence = 0;
  for (const { picture, afterMs, mediaMs } of pictures) {
    if (afterMs > 0) await setTimeout(afterMs);
    if (socket.destroyed) return;
    const payloads = picture.nals.flatMap((nal) => payloadsOf(nal, codec === 'h265'));
    // A picture at a time: sending must cost less than decoding does, also on a busy machine.
    socket.cork();
    payloads.forEach((payload, index) => {
      const isLast = index === payloads.length - 1;
      socket.write(packet(payload, sequence++, mediaMs, isLast));
    });
    socket.uncork();
    // A reader that is slow slows the camera down, as the network does.
    if (socket.writableLength > mostAhead)
      await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
  if (!thenSilent) socket.destroy();
}

/** RFC 3550, within the connection of RTSP (RFC 2326, 10.12). */
function packet(payload: Buffer, sequence: number, mediaMs: number, isLast: boolean): Buffer {
  const head = Buffer.alloc(16);
  head[0] = 0x24;
  head.writeUInt16BE(payload.length + 12, 2);
  head[4] = 0x80;
  head[5] = 96 | (isLast ? 0x80 : 0);
  head.writeUInt16BE(sequence & 0xffff, 6);
  head.writeUInt32BE(Math.round(mediaMs * 90) >>> 0, 8);
  head.writeUInt32BE(0x4d57, 12);
  return Buffer.concat([head, payload]);
}

/** A NAL unit as it is, or in fragments: FU-A of H.264 (RFC 6184, 5.8), FU of H.265 (RFC 7798, 4.4.3). */
function payloadsOf(nal: Buffer, isH265: boolean): Buffer[] {
  if (nal.length <= mostPayload) return [nal];
  const headBytes = isH265 ? 2 : 1;
  const body = nal.subarray(headBytes);
  const type = isH265 ? (nal[0]! >> 1) & 63 : nal[0]! & 31;
  const head = isH265 ? Buffer.from([(nal[0]! & 0x81) | (49 << 1), nal[1]!]) : Buffer.from([(nal[0]! & 0xe0) | 28]);
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += mostPayload) {
    const isEnd = at + mostPayload >= body.length;
    const mark = (at === 0 ? 0x80 : 0) | (isEnd ? 0x40 : 0) | type;
    parts.push(Buffer.concat([head, Buffer.from([mark]), body.subarray(at, at + mostPayload)]));
  }
  return parts;
}
