import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { DatasetExportService } from './export-service.ts';
import type { DatasetImportService } from './import-service.ts';
import { exportQuery, exportReportSchema, importQuery } from './schemas.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/datasets/:id';
const params = z.object({ id: z.uuid() });

export function datasetExchangeRoutes(
  app: App,
  { exports, imports }: { readonly exports: DatasetExportService; readonly imports: DatasetImportService },
): void {
  app.get(
    `${base}/export`,
    {
      schema: {
        tags,
        summary: 'What an export would hold, and what its format cannot say',
        ...{ params, querystring: exportQuery, response: { 200: exportReportSchema } },
      },
    },
    async (request) => {
      const report = await exports.report(signedInActor(request), request.params.id, request.query);
      return { ...report, classes: { ...report.classes }, unsaid: [...report.unsaid] };
    },
  );
  app.get(
    `${base}/export.zip`,
    { schema: { tags, summary: 'The pictures with their labels in a format', params, querystring: exportQuery } },
    async (request, reply) => {
      const { name, content } = await exports.zip(signedInActor(request), request.params.id, request.query);
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(content);
    },
  );
  app.post(
    `${base}/import`,
    {
      // Streamed to disk, so the limit is the disk.
      bodyLimit: 64 * 1024 ** 3,
      schema: {
        tags,
        summary: 'Add pictures with their labels, as a job; the body is a ZIP in any layout that is read',
        ...{ params, querystring: importQuery, response: { 202: z.object({ jobId: z.string() }) } },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const job = await imports.start(signedInActor(request), id, request.query, request.body as Readable);
      reply.code(202);
      return { jobId: job.id };
    },
  );
}
