import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { PlantService } from './service.ts';

const kind = z.enum(['site', 'area', 'line', 'asset']);
export const plantNode = z.object({
  id: z.string(),
  kind,
  parentId: z.string().nullable(),
  siteId: z.string(),
  name: z.string(),
  timezone: z.string().nullable(),
  floorAreaM2: z.number().nullable(),
  region: z.string().nullable(),
  description: z.string(),
});
const facts = {
  name: z.string().trim().min(1).max(200),
  timezone: z.string().optional(),
  floorAreaM2: z.number().positive().nullable().optional(),
  region: z.string().nullable().optional(),
  description: z.string().max(2000).optional(),
};
const params = z.object({ id: z.uuid() });
const tags = ['cloud'];

export function plantRoutes(app: App, plant: PlantService): void {
  app.get(
    '/api/cloud/tree',
    { schema: { tags, response: { 200: z.object({ items: z.array(plantNode) }) } } },
    async (request) => ({
      items: await plant.tree(signedInActor(request)),
    }),
  );
  app.post(
    '/api/cloud/nodes',
    {
      schema: { tags, body: z.object({ kind, parentId: z.uuid().nullable(), ...facts }), response: { 201: plantNode } },
    },
    async (request, reply) => {
      reply.code(201);
      return plant.create(signedInActor(request), request.body);
    },
  );
  app.patch(
    '/api/cloud/nodes/:id',
    {
      schema: {
        tags,
        params,
        body: z.object({ ...facts, name: facts.name.optional(), parentId: z.uuid().optional() }),
        response: { 200: plantNode },
      },
    },
    async (request) => plant.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    '/api/cloud/nodes/:id',
    { schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await plant.remove(signedInActor(request), request.params.id);
      reply.code(204);
      return null;
    },
  );
  app.post(
    '/api/cloud/nodes/:id/restore',
    { schema: { tags, summary: 'Bring back a node that was removed', params, response: { 200: plantNode } } },
    async (request) => plant.restore(signedInActor(request), request.params.id),
  );
}
