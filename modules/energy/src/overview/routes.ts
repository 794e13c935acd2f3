import { type App, signedInActor } from '@millwright/http';
import { overviewAnswer } from './schemas.ts';
import type { OverviewService } from './service.ts';

export function overviewRoutes(app: App, overview: OverviewService): void {
  app.get(
    '/api/energy/overview',
    {
      schema: {
        tags: ['energy'],
        summary: 'How all sites stand this month, against the month and the year before, and what uses most',
        response: { 200: overviewAnswer },
      },
    },
    async (request) => overview.overview(signedInActor(request)),
  );
}
