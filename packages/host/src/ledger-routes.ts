import { type App, signedInActor } from '@millwright/http';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';

const entry = z.object({
  sequence: z.number(),
  id: z.string(),
  kind: z.enum(['finding', 'action']),
  type: z.string(),
  subject: z.string().nullable(),
  siteId: z.string().nullable(),
  actor: z.object({ id: z.string(), name: z.string() }),
  at: z.string(),
  content: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});
const head = z.object({ sequence: z.number(), hash: z.string() });
const verifyResult = z.looseObject({
  status: z.enum(['proved', 'differs', 'inputs changed', 'method gone']),
  checked: z.number(),
});
const tags = ['ledger'];

export function ledgerRoutes(app: App, ledger: Ledger): void {
  app.get(
    '/api/ledger/entries',
    {
      schema: {
        tags,
        querystring: z.object({
          kind: z.enum(['finding', 'action']).optional(),
          type: z.string().optional(),
          subject: z.string().optional(),
          actorId: z.string().optional(),
          search: z.string().max(200).optional(),
          before: z.coerce.number().int().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: z.object({ items: z.array(entry) }) },
      },
    },
    async (request) => ({ items: await ledger.list(signedInActor(request), request.query) }),
  );
  app.get('/api/ledger/head', { schema: { tags, response: { 200: head } } }, async (request) =>
    ledger.head(signedInActor(request)),
  );
  app.get(
    '/api/ledger/entries/:id',
    { schema: { tags, params: z.object({ id: z.uuid() }), response: { 200: entry } } },
    async (request) => ledger.entry(signedInActor(request), request.params.id),
  );
  app.post(
    '/api/ledger/entries/:id/verify',
    { schema: { tags, params: z.object({ id: z.uuid() }), response: { 200: verifyResult } } },
    async (request) => ({ ...(await ledger.verify(signedInActor(request), request.params.id)) }),
  );
  app.post(
    '/api/ledger/verify',
    { schema: { tags, body: z.object({ anchor: head.optional() }).default({}), response: { 200: verifyResult } } },
    async (request) => ({ ...(await ledger.verifyChain(signedInActor(request), request.body.anchor)) }),
  );
  app.get(
    '/api/ledger/methods',
    {
      schema: {
        tags,
        response: {
          200: z.object({ items: z.array(z.object({ id: z.string(), version: z.string(), description: z.string() })) }),
        },
      },
    },
    async (request) => {
      signedInActor(request);
      return { items: ledger.methods().map(({ id, version, description }) => ({ id, version, description })) };
    },
  );
}
