import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface RangedContent {
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** The Range header of the request. */
  readonly range: string | undefined;
  /** The content, or the bytes from `start` to `end`, both included. */
  open(range?: { start: number; end: number }): Promise<Readable>;
}

/**
 * Answers content, or the one range of it that was asked for (RFC 9110, 14): players of video seek by ranges. A range that
 * cannot be answered gets 416; several at once get the whole, as the RFC allows.
 */
export async function sendRange(reply: FastifyReply, content: RangedContent): Promise<FastifyReply> {
  const { size, mediaType } = content;
  reply.header('accept-ranges', 'bytes').type(mediaType);
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(content.range ?? '');
  if (!wanted || (wanted[1] === '' && wanted[2] === ''))
    return reply.header('content-length', size).send(await content.open());
  const fromEnd = wanted[1] === '';
  const start = fromEnd ? Math.max(0, size - Number(wanted[2])) : Number(wanted[1]);
  const end = fromEnd || wanted[2] === '' ? size - 1 : Math.min(Number(wanted[2]), size - 1);
  if (start > end || start >= size) return reply.code(416).header('content-range', `bytes */${size}`).send();
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1)
    .send(await content.open({ start, end }));
}
