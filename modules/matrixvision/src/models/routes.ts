import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { describedSchema, modelInput, modelSchema, modelsSchema, modelTrial, trialSchema } from './schemas.ts';
import type { ModelService } from './service.ts';

const tags = ['matrixvision'];
const base = '/api/matrixvision/models';
const params = z.object({ id: z.uuid() });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export function modelRoutes(app: App, models: ModelService): void {
  app.get(
    base,
    { schema: { tags, summary: 'Detectors: your own and those that come with it', response: { 200: modelsSchema } } },
    async (request) => models.list(signedInActor(request)),
  );
  app.post(
    `${base}/files`,
    {
      // Streamed to disk while it is hashed; the service counts, so that the refusal can say what is taken.
      bodyLimit: 64 * 1024 ** 3,
      schema: {
        tags,
        summary: 'Upload an ONNX file, or a picture to try it on',
        response: { 201: z.object({ hash, size: z.number() }) },
      },
    },
    async (request, reply) => {
      const stored = await models.upload(signedInActor(request), request.body as Readable);
      reply.code(201);
      return stored;
    },
  );
  app.post(
    `${base}/describe`,
    {
      schema: {
        tags,
        summary: 'Inputs and outputs of an uploaded network, and a card to begin with',
        ...{ body: z.strictObject({ network: hash }), response: { 200: describedSchema } },
      },
    },
    async (request) => models.describe(signedInActor(request), request.body.network),
  );
  app.post(
    `${base}/try`,
    {
      schema: {
        tags,
        summary: 'Run a model once, or on a picture, within limits of memory and time',
        ...{ body: modelTrial, response: { 200: trialSchema } },
      },
    },
    async (request) => models.try(signedInActor(request), request.body),
  );
  app.post(
    base,
    {
      schema: {
        tags,
        summary: 'Register a network with its card, after it was tried',
        ...{ body: modelInput, response: { 201: modelSchema } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return models.add(signedInActor(request), request.body);
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One model with its versions', params, response: { 200: modelSchema } } },
    async (request) => models.model(signedInActor(request), request.params.id),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a model away that no camera uses', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await models.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${base}/:id/restore`,
    { schema: { tags, summary: 'Bring back a model that was taken away', params, response: { 200: modelSchema } } },
    async (request) => models.restore(signedInActor(request), request.params.id),
  );
}
