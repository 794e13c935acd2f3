import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import { type App, signedInActor } from '@millwright/http';
import { requirePermission } from '@millwright/kernel';
import { z } from 'zod';

/** Bills, certificates and tables are documents, not readings: what is larger than this was chosen by mistake. */
const mostBytes = 64 * 1024 ** 2;

/** Files that activity data, factors, certificates and tables then refer to by their hash. */
export function uploadRoutes(app: App, blobs: Blobs): void {
  app.post(
    '/api/esg/uploads',
    {
      bodyLimit: mostBytes,
      schema: { tags: ['esg'], response: { 201: z.object({ hash: z.string(), size: z.number() }) } },
    },
    async (request, reply) => {
      requirePermission(signedInActor(request), 'esg.activity.write');
      const stored = await blobs.put(request.body as Readable);
      reply.code(201);
      return { hash: stored.hash, size: stored.size };
    },
  );
}
