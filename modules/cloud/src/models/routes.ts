import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  modelChange,
  modelFilter,
  modelInput,
  modelSchema,
  modelVersionSchema,
  shadowChange,
  stageChange,
  versionInput,
} from './schemas.ts';
import type { ModelService } from './service.ts';

const tags = ['models'];
const base = '/api/cloud/models';
const params = z.object({ id: z.uuid() });
const versionParams = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1) });

export function modelRoutes(app: App, models: ModelService): void {
  app.get(
    base,
    {
      schema: {
        ...{ tags, summary: 'Models, those of other modules to read', querystring: modelFilter },
        response: { 200: z.object({ items: z.array(modelSchema) }) },
      },
    },
    async (request) => ({ items: await models.list(signedInActor(request), request.query) }),
  );
  app.post(
    base,
    {
      schema: {
        tags,
        summary: 'Enter a model, without a version yet',
        body: modelInput,
        response: { 201: modelSchema },
      },
    },
    async (request, reply) => {
      const created = await models.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One model', params, response: { 200: modelSchema } } },
    async (request) => models.model(signedInActor(request), request.params.id),
  );
  app.patch(
    `${base}/:id`,
    { schema: { tags, summary: 'Rename or move a model', params, body: modelChange, response: { 200: modelSchema } } },
    async (request) => models.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a model from the list', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await models.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${base}/:id/versions`,
    {
      schema: {
        ...{ tags, summary: 'Versions of a model with card and lineage, newest first', params },
        response: { 200: z.object({ items: z.array(modelVersionSchema) }) },
      },
    },
    async (request) => ({ items: await models.versions(signedInActor(request), request.params.id) }),
  );
  app.post(
    `${base}/:id/versions`,
    {
      schema: {
        ...{ tags, summary: 'Add a version as a draft; its file was sent to /api/cloud/uploads', params },
        ...{ body: versionInput, response: { 201: modelVersionSchema } },
      },
    },
    async (request, reply) => {
      const added = await models.addVersion(signedInActor(request), request.params.id, request.body);
      reply.code(201);
      return added;
    },
  );
  app.get(
    `${base}/:id/versions/:version`,
    { schema: { tags, summary: 'One version', params: versionParams, response: { 200: modelVersionSchema } } },
    async (request) => models.version(signedInActor(request), request.params.id, request.params.version),
  );
  app.get(
    `${base}/:id/versions/:version/file`,
    { schema: { tags, summary: 'The file of a version', params: versionParams } },
    async (request, reply) => {
      const { id, version } = request.params;
      const { fileName, content } = await models.artefact(signedInActor(request), id, version);
      const name = encodeURIComponent(fileName);
      reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
      return reply.type('application/octet-stream').send(content);
    },
  );
  app.post(
    `${base}/:id/versions/:version/stage`,
    {
      schema: {
        ...{ tags, summary: 'Review, bring live, take back or retire a version', params: versionParams },
        ...{ body: stageChange, response: { 200: modelVersionSchema } },
      },
    },
    async (request) => {
      const { id, version } = request.params;
      return models.setStage(signedInActor(request), id, version, request.body);
    },
  );
  app.put(
    `${base}/:id/shadow`,
    {
      schema: {
        ...{ tags, summary: 'Let a version run beside the live one, or none', params },
        ...{ body: shadowChange, response: { 200: modelSchema } },
      },
    },
    async (request) => models.setShadow(signedInActor(request), request.params.id, request.body),
  );
}
