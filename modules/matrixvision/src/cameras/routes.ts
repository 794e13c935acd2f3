import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { rulesFileSchema } from '../rules/rules-file.ts';
import { cameraChange, cameraInput, cameraSchema } from './schemas.ts';
import type { CameraService } from './service.ts';

const tags = ['matrixvision'];
const params = z.object({ id: z.uuid() });
const ruleSet = z.object({ version: z.number(), rules: rulesFileSchema, at: z.string(), by: z.string() });

export function cameraRoutes(app: App, cameras: CameraService): void {
  app.get(
    '/api/matrixvision/cameras',
    {
      schema: {
        tags,
        summary: 'Cameras and their state',
        response: { 200: z.object({ items: z.array(cameraSchema) }) },
      },
    },
    async (request) => ({ items: await cameras.list(signedInActor(request)) }),
  );
  app.post(
    '/api/matrixvision/cameras',
    { schema: { tags, summary: 'Add a camera', body: cameraInput, response: { 201: cameraSchema } } },
    async (request, reply) => {
      reply.code(201);
      return cameras.create(signedInActor(request), request.body);
    },
  );
  app.get(
    '/api/matrixvision/cameras/:id',
    { schema: { tags, summary: 'One camera', params, response: { 200: cameraSchema } } },
    async (request) => cameras.camera(signedInActor(request), request.params.id),
  );
  app.patch(
    '/api/matrixvision/cameras/:id',
    { schema: { tags, summary: 'Change a camera', params, body: cameraChange, response: { 200: cameraSchema } } },
    async (request) => cameras.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    '/api/matrixvision/cameras/:id',
    { schema: { tags, summary: 'Take a camera away; what it saw stays', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await cameras.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/matrixvision/cameras/:id/restore',
    { schema: { tags, summary: 'Bring back a camera that was taken away', params, response: { 200: cameraSchema } } },
    async (request) => cameras.restore(signedInActor(request), request.params.id),
  );
  app.get(
    '/api/matrixvision/cameras/:id/rules',
    {
      schema: {
        tags,
        summary: 'Rules of a camera, those in force or an earlier version',
        params,
        querystring: z.object({ version: z.coerce.number().int().min(0).optional() }),
        response: { 200: ruleSet },
      },
    },
    async (request) => cameras.rules(signedInActor(request), request.params.id, request.query.version),
  );
  app.put(
    '/api/matrixvision/cameras/:id/rules',
    {
      schema: {
        tags,
        summary: 'Put a new version of the rules in force',
        params,
        body: rulesFileSchema,
        response: { 200: ruleSet },
      },
    },
    async (request) => cameras.setRules(signedInActor(request), request.params.id, request.body),
  );
  app.get(
    '/api/matrixvision/cameras/:id/rules/history',
    {
      schema: {
        tags,
        summary: 'All versions of the rules, newest first',
        params,
        response: { 200: z.object({ items: z.array(ruleSet) }) },
      },
    },
    async (request) => ({ items: await cameras.ruleHistory(signedInActor(request), request.params.id) }),
  );
}
