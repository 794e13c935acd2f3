import { type App, signedInActor } from '@millwright/http';
import { kpiAnswerSchema, kpiDatabaseRequestSchema, kpiFileRequestSchema } from './kpi-schemas.ts';
import type { KpiService } from './service.ts';

const tags = ['esg'];

export function kpiRoutes(app: App, kpi: KpiService): void {
  app.post(
    '/api/esg/kpi/file',
    { schema: { tags, body: kpiFileRequestSchema, response: { 201: kpiAnswerSchema } } },
    async (request, reply) => {
      reply.code(201);
      return kpi.fromFile(signedInActor(request), request.body);
    },
  );
  app.post(
    '/api/esg/kpi',
    { schema: { tags, body: kpiDatabaseRequestSchema, response: { 201: kpiAnswerSchema } } },
    async (request, reply) => {
      reply.code(201);
      return kpi.fromDatabase(signedInActor(request), request.body);
    },
  );
}
