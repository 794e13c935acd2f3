import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { meterQuery, reportAnswer } from './schemas.ts';
import type { ReportService } from './service.ts';

const tags = ['energy'];

export function reportRoutes(app: App, reports: ReportService): void {
  app.post(
    '/api/energy/reports',
    {
      schema: {
        tags,
        summary: 'Report of one meter, recorded with evidence',
        body: meterQuery.extend({ profile: z.boolean().default(false).describe('With the typical days') }),
        response: { 200: reportAnswer },
      },
    },
    async (request) => reports.report(signedInActor(request), request.body),
  );
}
