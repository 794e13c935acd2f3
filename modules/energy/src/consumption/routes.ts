import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { consumptionAnswer, provenConsumptionAnswer, sankeyAnswer, scopeQuery, stepSchema } from './schemas.ts';
import type { ConsumptionService } from './service.ts';

const tags = ['energy'];

export function consumptionRoutes(app: App, consumption: ConsumptionService): void {
  app.get(
    '/api/energy/consumption',
    {
      schema: {
        tags,
        summary: 'Consumption by carrier over the tree of meters, from rollups',
        querystring: scopeQuery.extend({
          by: stepSchema.optional().describe('Adds the totals by step'),
          compare: z.stringbool().default(false).describe('Adds the period before and a year earlier'),
        }),
        response: { 200: consumptionAnswer },
      },
    },
    async (request) => consumption.consumption(signedInActor(request), request.query),
  );
  app.post(
    '/api/energy/consumption',
    {
      schema: {
        tags,
        summary: 'Consumption by carrier from every reading, recorded with evidence',
        body: scopeQuery,
        response: { 200: provenConsumptionAnswer },
      },
    },
    async (request) => consumption.prove(signedInActor(request), request.body),
  );
  app.get(
    '/api/energy/sankey',
    {
      schema: {
        tags,
        summary: 'One carrier from supply to use, with what is unmetered',
        querystring: scopeQuery,
        response: { 200: sankeyAnswer },
      },
    },
    async (request) => consumption.sankey(signedInActor(request), request.query),
  );
}
