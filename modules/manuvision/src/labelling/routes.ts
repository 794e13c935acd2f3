import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { pictureChange, pictureSchema } from '../datasets/service/schemas.ts';
import {
  hereInput,
  hereSchema,
  historySchema,
  labelsInput,
  labelsSchema,
  settleInput,
  suggestionInput,
  suggestionSchema,
  tileParams,
} from './schemas.ts';
import type { LabellingService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/datasets';
const params = z.object({ id: z.uuid() });
const pictureParams = params.extend({ picture: z.uuid() });
const mebibyte = 1024 ** 2;

export function labellingRoutes(app: App, labelling: LabellingService): void {
  const path = `${base}/:id/pictures/:picture`;
  app.patch(
    path,
    {
      schema: {
        tags,
        summary: 'Say anew what a picture shows',
        ...{ params: pictureParams, body: pictureChange, response: { 200: pictureSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.relabel(signedInActor(request), id, picture, request.body);
    },
  );
  app.get(
    `${path}/labels`,
    {
      schema: {
        tags,
        summary: 'What counts of a picture, what each person said, and what they differ in',
        ...{ params: pictureParams, response: { 200: labelsSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.labels(signedInActor(request), id, picture);
    },
  );
  app.put(
    `${path}/labels`,
    {
      // Of a mask that a brush drew on 50 megapixels.
      bodyLimit: 32 * mebibyte,
      schema: {
        tags,
        summary: 'Say what a picture shows, and where; refused where somebody said something since `revision`',
        ...{ params: pictureParams, body: labelsInput, response: { 200: labelsSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.save(signedInActor(request), id, picture, request.body);
    },
  );
  app.post(
    `${path}/labels/settle`,
    {
      schema: {
        tags,
        summary: 'End a disagreement: the last word of a person counts',
        ...{ params: pictureParams, body: settleInput, response: { 200: labelsSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.settle(signedInActor(request), id, picture, request.body);
    },
  );
  app.get(
    `${path}/labels/history`,
    {
      schema: {
        tags,
        summary: 'Every word on a picture, oldest first',
        ...{ params: pictureParams, response: { 200: historySchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.history(signedInActor(request), id, picture);
    },
  );
  app.post(
    `${path}/suggestions`,
    {
      schema: {
        tags,
        summary: 'Where defects may be, by a trained inspection of the data set; nothing is kept',
        ...{ params: pictureParams, body: suggestionInput, response: { 200: suggestionSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      return labelling.suggest(signedInActor(request), id, picture, request.body);
    },
  );
  app.get(
    `${path}/tiles/:level/:column/:row`,
    { schema: { tags, summary: 'A tile of 512 pixels of the picture as shown, JPEG', params: tileParams } },
    async (request, reply) => {
      const { id, picture, ...place } = request.params;
      const tile = await labelling.tile(signedInActor(request), id, picture, place);
      // A picture never changes.
      return reply.type('image/jpeg').header('cache-control', 'private, max-age=86400, immutable').send(tile);
    },
  );
  app.post(
    `${base}/:id/labelling/here`,
    {
      schema: {
        tags,
        summary: 'Note at which picture one is, and see who is at what; called again every ten seconds',
        ...{ params, body: hereInput, response: { 200: hereSchema } },
      },
    },
    async (request) => ({
      people: await labelling.here(signedInActor(request), request.params.id, request.body.pictureId),
    }),
  );
}
