import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { datasetInput, datasetSchema } from './schemas.ts';
import type { DatasetService } from './service.ts';

const tags = ['orion'];
const base = '/api/orion/datasets';
const params = z.object({ id: z.uuid() });

export function datasetRoutes(app: App, datasets: DatasetService): void {
  app.get(
    base,
    {
      schema: {
        ...{ tags, summary: 'Frozen data sets, newest first' },
        response: { 200: z.object({ items: z.array(datasetSchema) }) },
      },
    },
    async (request) => ({ items: await datasets.list(signedInActor(request)) }),
  );
  app.post(
    base,
    {
      schema: {
        ...{ tags, summary: 'Freeze readings or a file, as a job; the result is the data set', body: datasetInput },
        response: { 202: z.object({ jobId: z.string() }) },
      },
    },
    async (request, reply) => {
      const job = await datasets.freeze(signedInActor(request), request.body);
      reply.code(202);
      return { jobId: job.id };
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One data set', params, response: { 200: datasetSchema } } },
    async (request) => datasets.dataset(signedInActor(request), request.params.id),
  );
  app.get(
    `${base}/:id/file`,
    { schema: { tags, summary: 'The data set as a Parquet file', params } },
    async (request, reply) => {
      const { name, content } = await datasets.content(signedInActor(request), request.params.id);
      const fileName = encodeURIComponent(`${name}.parquet`);
      reply.header('content-disposition', `attachment; filename*=UTF-8''${fileName}`);
      return reply.type('application/vnd.apache.parquet').send(content);
    },
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a data set from the list', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await datasets.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
