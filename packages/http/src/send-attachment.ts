import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export interface Attachment {
  /** As a browser saves it. */
  readonly name: string;
  readonly mediaType: string;
  /** Made as the reader takes them; ended early when the reader goes away. */
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

/** Answers a file that is made while it is sent. What may be refused has to be refused before: its status is already on the way. */
export const sendAttachment = (reply: FastifyReply, { name, mediaType, pieces }: Attachment): FastifyReply =>
  reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(pieces, { objectMode: false }));
