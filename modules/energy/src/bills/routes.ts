import { type App, signedInActor } from '@millwright/http';
import { billAnswer, billQuery } from './schemas.ts';
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
}
