import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { explanationSchema } from './schemas.ts';
import type { ExplanationService } from './service.ts';

const params = z.object({ id: z.uuid(), verdict: z.uuid() });

export function explanationRoutes(app: App, explanations: ExplanationService): void {
  app.get(
    '/api/manuvision/stations/:id/verdicts/:verdict/explanation',
    {
      schema: {
        tags: ['manuvision'],
        summary: 'What speaks against the part, beside the nearest good patches and known defects',
        ...{ params, response: { 200: explanationSchema } },
      },
    },
    async (request) => explanations.explanation(signedInActor(request), request.params.id, request.params.verdict),
  );
}
