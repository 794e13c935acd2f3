import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  datasetChange,
  datasetInput,
  datasetSchema,
  pictureFilter,
  pictureQuery,
  pictureSchema,
  picturesAnswer,
} from './schemas.ts';
import type { DatasetService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/datasets';
const params = z.object({ id: z.uuid() });
const pictureParams = params.extend({ picture: z.uuid() });
const mebibyte = 1024 ** 2;

export function datasetRoutes(app: App, datasets: DatasetService): void {
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Data sets: pictures of parts with labels',
        response: { 200: z.object({ items: z.array(datasetSchema) }) },
      },
    },
    async (request) => ({ items: await datasets.list(signedInActor(request)) }),
  );
  app.post(
    base,
    { schema: { tags, summary: 'Begin a data set', body: datasetInput, response: { 201: datasetSchema } } },
    async (request, reply) => {
      reply.code(201);
      return datasets.create(signedInActor(request), request.body);
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One data set', params, response: { 200: datasetSchema } } },
    async (request) => datasets.dataset(signedInActor(request), request.params.id),
  );
  app.patch(
    `${base}/:id`,
    {
      schema: {
        tags,
        summary: 'Say how the pictures of a data set are read',
        ...{ params, body: datasetChange, response: { 200: datasetSchema } },
      },
    },
    async (request) => datasets.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a data set away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await datasets.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${base}/:id/pictures`,
    {
      schema: {
        tags,
        summary: 'Pictures of a data set, by file name',
        ...{ params, querystring: pictureFilter, response: { 200: picturesAnswer } },
      },
    },
    async (request) => datasets.page(signedInActor(request), request.params.id, request.query),
  );
  app.post(
    `${base}/:id/pictures`,
    {
      bodyLimit: 256 * mebibyte,
      schema: {
        tags,
        summary: 'Add a picture; the body is the file',
        ...{ params, querystring: pictureQuery, response: { 201: pictureSchema } },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const added = await datasets.addPicture(signedInActor(request), id, request.query, request.body as Readable);
      reply.code(201);
      return added;
    },
  );
  pictureRoutes(app, datasets);
}

function pictureRoutes(app: App, datasets: DatasetService): void {
  const path = `${base}/:id/pictures/:picture`;
  app.delete(
    path,
    { schema: { tags, summary: 'Take a picture away', params: pictureParams, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id, picture } = request.params;
      await datasets.removePicture(signedInActor(request), id, picture);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/restore`,
    { schema: { tags, summary: 'Bring back a picture', params: pictureParams, response: { 200: pictureSchema } } },
    async (request) => {
      const { id, picture } = request.params;
      return datasets.restorePicture(signedInActor(request), id, picture);
    },
  );
  app.get(
    `${path}/file`,
    { schema: { tags, summary: 'The file as it came', params: pictureParams } },
    async (request, reply) => {
      const { id, picture } = request.params;
      return reply.type('application/octet-stream').send(await datasets.file(signedInActor(request), id, picture));
    },
  );
  app.get(
    `${path}/thumbnail.jpg`,
    { schema: { tags, summary: 'The picture in small, JPEG', params: pictureParams } },
    async (request, reply) => {
      const { id, picture } = request.params;
      return reply.type('image/jpeg').send(await datasets.thumbnail(signedInActor(request), id, picture));
    },
  );
}
