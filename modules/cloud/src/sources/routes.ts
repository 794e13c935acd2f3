import { type App, signedInActor } from '@millwright/http';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { connectors } from '../connectors/registry.ts';
import type { ConnectorRuntime } from './runtime.ts';
import type { SourceService } from './service.ts';

const source = z.object({
  id: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  timezone: z.string(),
  name: z.string(),
  kind: z.string(),
  config: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  createdAt: z.string(),
  state: z.object({
    state: z.enum(['connecting', 'online', 'degraded', 'offline', 'files', 'disabled']),
    message: z.string(),
    note: noteSchema.nullable(),
  }),
});
const params = z.object({ id: z.uuid() });
const config = z.record(z.string(), z.unknown());
const tags = ['cloud'];

export function sourceRoutes(app: App, sources: SourceService, runtime: ConnectorRuntime): void {
  app.get(
    '/api/cloud/sources',
    { schema: { tags, response: { 200: z.object({ items: z.array(source) }) } } },
    async (request) => ({
      items: await sources.list(signedInActor(request)),
    }),
  );
  app.get(
    '/api/cloud/source-kinds',
    {
      schema: {
        tags,
        response: { 200: z.object({ items: z.array(z.object({ kind: z.string(), schema: z.unknown() })) }) },
      },
    },
    async (request) => {
      signedInActor(request);
      return {
        items: connectors.map(({ kind, configSchema }) => ({
          kind,
          schema: z.toJSONSchema(configSchema, { unrepresentable: 'any', io: 'input' }),
        })),
      };
    },
  );
  app.get('/api/cloud/sources/:id', { schema: { tags, params, response: { 200: source } } }, async (request) =>
    sources.source(signedInActor(request), request.params.id),
  );
  app.post(
    '/api/cloud/sources',
    {
      schema: {
        tags,
        body: z.object({
          siteId: z.uuid(),
          name: z.string().trim().min(1).max(200),
          kind: z.string(),
          config: config.default({}),
          enabled: z.boolean().default(true),
        }),
        response: { 201: source },
      },
    },
    async (request, reply) => {
      const created = await sources.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.patch(
    '/api/cloud/sources/:id',
    {
      schema: {
        tags,
        params,
        body: z.object({
          name: z.string().trim().min(1).max(200).optional(),
          config: config.optional(),
          enabled: z.boolean().optional(),
        }),
        response: { 200: source },
      },
    },
    async (request) => sources.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    '/api/cloud/sources/:id',
    { schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await sources.remove(signedInActor(request), request.params.id);
      reply.code(204);
      return null;
    },
  );
  app.post(
    '/api/cloud/sources/:id/restore',
    { schema: { tags, summary: 'Bring back a source that was removed', params, response: { 200: source } } },
    async (request) => sources.restore(signedInActor(request), request.params.id),
  );
  app.get(
    '/api/cloud/sources/:id/browse',
    {
      schema: {
        tags,
        params,
        querystring: z.object({ parent: z.string().optional() }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                key: z.string(),
                name: z.string(),
                hasChildren: z.boolean(),
                point: z.looseObject({}).optional(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => ({
      items: (await runtime.browse(signedInActor(request), request.params.id, request.query.parent)).map((node) => ({
        ...node,
        point: node.point && { ...node.point },
      })),
    }),
  );
}
