import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { SourceService } from '../sources/service.ts';
import type { PointService } from './service.ts';

const kind = z.enum(['gauge', 'delta', 'counter']);
const stamp = z.enum(['start', 'end']);
const point = z.object({
  id: z.string(),
  number: z.number(),
  sourceId: z.string(),
  nodeId: z.string(),
  siteId: z.string(),
  timezone: z.string(),
  key: z.string(),
  name: z.string(),
  unit: z.string(),
  kind,
  stamp,
  intervalSeconds: z.number().nullable(),
  carrier: z.string().nullable(),
  quantity: z.string().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  registerMaximum: z.number().nullable(),
  retentionDays: z.number().nullable(),
  mainMeter: z.boolean(),
});
const facts = z.object({
  nodeId: z.uuid().optional(),
  stamp: stamp.optional(),
  intervalSeconds: z.number().positive().nullable().optional(),
  carrier: z.string().nullable().optional(),
  quantity: z.string().nullable().optional(),
  minimum: z.number().nullable().optional(),
  maximum: z.number().nullable().optional(),
  registerMaximum: z.number().positive().nullable().optional(),
  retentionDays: z.int().positive().nullable().optional(),
  mainMeter: z.boolean().optional(),
});
const params = z.object({ id: z.uuid() });
const tags = ['cloud'];

export function pointRoutes(app: App, points: PointService, sources: SourceService): void {
  app.get(
    '/api/cloud/points',
    {
      schema: {
        tags,
        querystring: z.object({
          siteId: z.uuid().optional(),
          sourceId: z.uuid().optional(),
          nodeId: z.uuid().optional(),
          carrier: z.string().optional(),
          quantity: z.string().optional(),
          kind: kind.optional(),
          search: z.string().max(200).optional(),
          limit: z.coerce.number().int().min(1).max(2000).default(500),
          offset: z.coerce.number().int().min(0).default(0),
        }),
        response: { 200: z.object({ items: z.array(point) }) },
      },
    },
    async (request) => ({ items: await points.list(signedInActor(request), request.query) }),
  );
  app.get('/api/cloud/points/:id', { schema: { tags, params, response: { 200: point } } }, async (request) =>
    points.point(signedInActor(request), request.params.id),
  );
  app.post(
    '/api/cloud/sources/:id/points',
    {
      schema: {
        tags,
        params,
        body: z.object({
          points: z
            .array(facts.extend({ key: z.string().min(1), name: z.string().min(1), unit: z.string().min(1), kind }))
            .min(1)
            .max(5000),
        }),
        response: { 201: z.object({ items: z.array(point) }) },
      },
    },
    async (request, reply) => {
      const actor = signedInActor(request);
      const source = await sources.source(actor, request.params.id);
      const items = await points.ensure(actor, source, request.body.points);
      reply.code(201);
      return { items };
    },
  );
  app.patch(
    '/api/cloud/points/:id',
    {
      schema: {
        tags,
        params,
        body: facts.extend({
          name: z.string().min(1).optional(),
          unit: z.string().min(1).optional(),
          kind: kind.optional(),
        }),
        response: { 200: point },
      },
    },
    async (request) => points.change(signedInActor(request), request.params.id, request.body),
  );
}
