import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { lotInput, lotSchema, reportInput, reportSchema } from './schemas.ts';
import type { LotService } from './service.ts';

const tags = ['manuvision'];
const path = '/api/manuvision/stations/:id/lots';
const params = z.object({ id: z.uuid() });
const lotParams = params.extend({ lot: z.uuid() });

export function lotRoutes(app: App, lots: LotService): void {
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'Lots of a station, newest first',
        ...{ params, response: { 200: z.object({ items: z.array(lotSchema) }) } },
      },
    },
    async (request) => ({ items: await lots.list(signedInActor(request), request.params.id) }),
  );
  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Start a lot; one that is open is ended',
        ...{ params, body: lotInput, response: { 201: lotSchema } },
      },
    },
    async (request, reply) => {
      const started = await lots.start(signedInActor(request), request.params.id, request.body.number);
      reply.code(201);
      return started;
    },
  );
  app.post(
    `${path}/end`,
    { schema: { tags, summary: 'End the lot that is open', params, response: { 200: lotSchema } } },
    async (request) => lots.end(signedInActor(request), request.params.id),
  );
  app.post(
    `${path}/:lot/reports`,
    {
      schema: {
        tags,
        summary: 'Make the report of a lot as a PDF, whose hash stands in the ledger',
        ...{ params: lotParams, body: reportInput, response: { 201: reportSchema } },
      },
    },
    async (request, reply) => {
      const { id, lot } = request.params;
      const made = await lots.report(signedInActor(request), id, lot, request.body.language);
      reply.code(201);
      return made;
    },
  );
  app.get(
    `${path}/:lot/reports/:report`,
    { schema: { tags, summary: 'A report of a lot, as a PDF', params: lotParams.extend({ report: z.uuid() }) } },
    async (request, reply) => {
      const { id, lot, report } = request.params;
      const { name, pdf } = await lots.pdf(signedInActor(request), id, lot, report);
      return reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}"`).send(pdf);
    },
  );
}
