import { type App, signedInActor } from '@millwright/http';
import { billAnswer, billQuery, costsAnswer } from './schemas.ts';
import type { BillService } from './service.ts';

export function billRoutes(app: App, bills: BillService): void {
  app.post(
    '/api/energy/bills',
    {
      schema: {
        tags: ['energy'],
        summary: 'What energy costs by month, period of use and component, recorded with evidence',
        body: billQuery,
        response: { 200: billAnswer },
      },
    },
    async (request) => bills.bill(signedInActor(request), request.body),
  );
  app.get(
    '/api/energy/costs',
    {
      schema: {
        tags: ['energy'],
        summary: 'What this month has cost so far, of every site that a tariff is assigned to; not recorded',
        response: { 200: costsAnswer },
      },
    },
    async (request) => bills.costs(signedInActor(request)),
  );
}
