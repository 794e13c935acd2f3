import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { BrokerClientService } from './service.ts';

const client = z.object({
  username: z.string(),
  publish: z.array(z.string()),
  subscribe: z.array(z.string()),
  sourceId: z.string().nullable(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});
const tags = ['cloud'];
const filters = z.array(z.string().min(1)).default([]);

export function brokerRoutes(app: App, clients: BrokerClientService): void {
  app.get(
    '/api/cloud/broker-clients',
    { schema: { tags, response: { 200: z.object({ items: z.array(client) }) } } },
    async (request) => ({
      items: await clients.list(signedInActor(request)),
    }),
  );
  app.post(
    '/api/cloud/broker-clients',
    {
      schema: {
        tags,
        body: z.object({
          username: z.string().trim().min(1).max(100),
          publish: filters,
          subscribe: filters,
          sourceId: z.uuid().nullable().default(null),
        }),
        response: { 201: z.object({ client, password: z.string() }) },
      },
    },
    async (request, reply) => {
      const created = await clients.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.delete(
    '/api/cloud/broker-clients/:username',
    { schema: { tags, params: z.object({ username: z.string() }), response: { 204: z.null() } } },
    async (request, reply) => {
      await clients.revoke(signedInActor(request), request.params.username);
      reply.code(204);
      return null;
    },
  );
}
