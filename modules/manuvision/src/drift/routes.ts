import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { driftAnswer } from './schemas.ts';
import type { DriftService } from './service.ts';

export function driftRoutes(app: App, drift: DriftService): void {
  app.get(
    '/api/manuvision/stations/:id/drift',
    {
      schema: {
        tags: ['manuvision'],
        summary: 'What of the line is no longer like the training set: score, brightness, focus, position, colour',
        ...{ params: z.object({ id: z.uuid() }), response: { 200: driftAnswer } },
      },
    },
    async (request) => drift.drift(signedInActor(request), request.params.id),
  );
}
