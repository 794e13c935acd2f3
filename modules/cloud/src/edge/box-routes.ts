import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { BlobIntake } from './blob-intake.ts';
import type { EdgeBoxService } from './box-service.ts';
import {
  edgeBatchSchema,
  edgeDesiredSchema,
  edgeReceiptSchema,
  edgeReportAnswerSchema,
  edgeReportSchema,
  edgeSha256,
} from './contract.ts';
import type { DesiredService } from './desired-service.ts';
import { edgeErrors } from './errors.ts';
import type { ExchangeService } from './exchange-service.ts';
import type { UplinkService } from './uplink-service.ts';

const tags = ['edge'];
const blobState = z.object({ have: z.number(), complete: z.boolean() });
/** A piece of a file; boxes send less, so that proxies with small limits let it through. */
const mostPieceBytes = 64 * 1024 * 1024;
/** What a camera sees, as JSON. */
const mostAnswerBytes = 16 * 1024 * 1024;
/** Below the minute after which proxies give up on an answer. */
const longestWaitSeconds = 50;

/** What boxes call. Nobody else may, and no box anything else. */
export function boxRoutes(
  app: App,
  parts: {
    boxes: EdgeBoxService;
    exchange: ExchangeService;
    uplink: UplinkService;
    desired: DesiredService;
    intake: BlobIntake;
    blobs: Blobs;
  },
): void {
  const { boxes, exchange, uplink, desired, intake, blobs } = parts;
  // A server that stops waits for its answers, and these would take their time.
  app.addHook('preClose', async () => exchange.release());
  app.post(
    '/api/cloud/edge/enrol',
    {
      config: { public: true },
      schema: {
        tags,
        body: z.object({ code: z.string().min(1).max(100), tokenHash: edgeSha256 }),
        response: {
          200: z.object({ id: z.string(), name: z.string(), siteId: z.string(), serverTime: z.number() }),
        },
      },
    },
    async (request) => ({ ...(await boxes.enrol(request.body)), serverTime: exchange.now() }),
  );
  app.get(
    '/api/cloud/edge/desired',
    {
      schema: {
        tags,
        querystring: z.object({ wait: z.coerce.number().min(0).max(longestWaitSeconds).default(0) }),
        response: { 200: edgeDesiredSchema, 304: z.null() },
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const has = /^"?(\d+)"?$/.exec(request.headers['if-none-match'] ?? '')?.[1];
      const revision = has === undefined ? undefined : Number(has);
      const waitMs = request.query.wait * 1000;
      const wanted = await exchange.poll(signedInActor(request), revision, waitMs, gone.signal);
      if (!wanted) return reply.code(304).send(null);
      reply.header('etag', `"${wanted.revision}"`);
      return wanted;
    },
  );
  app.put(
    '/api/cloud/edge/report',
    { schema: { tags, body: edgeReportSchema, response: { 200: edgeReportAnswerSchema } } },
    async (request) => exchange.report(signedInActor(request), request.body),
  );
  app.post(
    '/api/cloud/edge/messages',
    { schema: { tags, body: edgeBatchSchema, response: { 200: edgeReceiptSchema } } },
    async (request) => uplink.take(await boxes.caller(signedInActor(request)), request.body),
  );
  app.post(
    '/api/cloud/edge/commands/:id/answer',
    {
      bodyLimit: mostAnswerBytes,
      schema: {
        tags,
        params: z.object({ id: z.uuid() }),
        body: z.object({ ok: z.boolean(), result: z.unknown() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await exchange.answer(signedInActor(request), request.params.id, request.body);
      reply.code(204);
      return null;
    },
  );
  const hash = z.object({ sha256: edgeSha256 });
  app.get(
    '/api/cloud/edge/uploads/:sha256',
    { schema: { tags, params: hash, response: { 200: blobState } } },
    async (request) => intake.state((await boxes.caller(signedInActor(request))).id, request.params.sha256),
  );
  app.put(
    '/api/cloud/edge/uploads/:sha256',
    {
      bodyLimit: mostPieceBytes,
      schema: {
        tags,
        params: hash,
        querystring: z.object({ offset: z.coerce.number().int().min(0), size: z.coerce.number().int().min(0) }),
        response: { 200: blobState },
      },
    },
    async (request) => {
      const { id } = await boxes.caller(signedInActor(request));
      return intake.append(id, request.params.sha256, { ...request.query, content: request.body as Readable });
    },
  );
  app.get(
    '/api/cloud/edge/files/:sha256',
    { schema: { tags, params: hash, querystring: z.object({ offset: z.coerce.number().int().min(0).default(0) }) } },
    async (request, reply) => {
      const { id } = await boxes.caller(signedInActor(request));
      const { sha256 } = request.params;
      const wanted = Object.values((await desired.current(id))?.parts ?? {}).flatMap((part) => part.blobs);
      if (!wanted.some((blob) => blob.sha256 === sha256)) throw edgeErrors.EDGE_BLOB_FOREIGN({ sha256 });
      const { size } = await blobs.stat(sha256);
      reply.header('content-type', 'application/octet-stream').header('millwright-size', String(size));
      if (request.query.offset >= size) return reply.send(Buffer.alloc(0));
      return reply.send(await blobs.get(sha256, { start: request.query.offset }));
    },
  );
}
