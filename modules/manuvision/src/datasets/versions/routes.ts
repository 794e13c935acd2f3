import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { datasetVersionParams, datasetVersionSchema } from './schemas.ts';
import type { DatasetVersionService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/datasets/:id/versions';
const params = z.object({ id: z.uuid() });

export function datasetVersionRoutes(app: App, versions: DatasetVersionService): void {
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Versions of a data set, newest first; none ever changes',
        ...{ params, response: { 200: z.object({ items: z.array(datasetVersionSchema) }) } },
      },
    },
    async (request) => ({ items: await versions.list(signedInActor(request), request.params.id) }),
  );
  app.post(
    base,
    {
      schema: {
        tags,
        summary: 'Freeze what counts now; the same content is the same version',
        ...{ params, response: { 200: datasetVersionSchema } },
      },
    },
    async (request) => versions.freeze(signedInActor(request), request.params.id),
  );
  app.get(
    `${base}/:version`,
    {
      schema: {
        tags,
        summary: 'One version of a data set',
        ...{ params: datasetVersionParams, response: { 200: datasetVersionSchema } },
      },
    },
    async (request) => versions.version(signedInActor(request), request.params.id, request.params.version),
  );
  app.get(
    `${base}/:version/content.json`,
    {
      schema: {
        tags,
        summary: 'The content of a version: canonical JSON whose SHA-256 is its name',
        params: datasetVersionParams,
      },
    },
    async (request, reply) => {
      const { id, version } = request.params;
      return reply.type('application/json').send(await versions.content(signedInActor(request), id, version));
    },
  );
}
