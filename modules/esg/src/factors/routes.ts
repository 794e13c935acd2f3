import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { factorKey } from './factor.ts';
import {
  factorChangeSchema,
  factorFilterSchema,
  factorImportAnswerSchema,
  factorImportSchema,
  storedFactorSchema,
} from './factor-schemas.ts';
import { writeFactorTemplate } from './factor-sheet.ts';
import type { FactorService } from './service.ts';

const tags = ['esg'];
const items = z.object({ items: z.array(storedFactorSchema) });
/** A factor by its id, newest version, or by `id@version`. */
const params = z.object({ id: z.string().min(1).max(200) });

export function factorRoutes(app: App, factors: FactorService): void {
  app.get(
    '/api/esg/factors',
    { schema: { tags, querystring: factorFilterSchema, response: { 200: items } } },
    async (request) => ({ items: await factors.list(signedInActor(request), request.query) }),
  );
  app.get('/api/esg/factors/:id/history', { schema: { tags, params, response: { 200: items } } }, async (request) => ({
    items: await factors.history(signedInActor(request), request.params.id),
  }));
  app.post(
    '/api/esg/factors/:id/supersede',
    {
      schema: {
        tags,
        params,
        body: z.strictObject({ reason: z.string().trim().min(1).max(2000), change: factorChangeSchema }),
        response: { 201: storedFactorSchema },
      },
    },
    async (request, reply) => {
      reply.code(201);
      const { reason, change } = request.body;
      return factors.supersede(signedInActor(request), request.params.id, change, reason);
    },
  );
  app.post(
    '/api/esg/factors/import',
    { schema: { tags, body: factorImportSchema, response: { 200: factorImportAnswerSchema } } },
    async (request) => {
      const { accepted, unchanged, superseded, rejected } = await factors.import(signedInActor(request), request.body);
      return {
        accepted: accepted.map(factorKey),
        unchanged,
        superseded: superseded.map(({ row, superseded: old, current }) => ({
          row,
          old: factorKey(old),
          new: factorKey(current),
        })),
        rejected,
      };
    },
  );
  app.get('/api/esg/factors.csv', { schema: { tags } }, async (request, reply) => {
    const csv = await factors.exportCsv(signedInActor(request));
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="factors.csv"')
      .send(csv);
  });
  app.get('/api/esg/factors-template.xlsx', { schema: { tags } }, async (request, reply) => {
    signedInActor(request);
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', 'attachment; filename="factors-template.xlsx"')
      .send(Buffer.from(await writeFactorTemplate()));
  });
}
