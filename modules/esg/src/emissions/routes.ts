import { type App, signedInActor } from '@millwright/http';
import { emissionAnswerSchema, emissionRequestSchema } from './emission-schemas.ts';
import type { EmissionService } from './service.ts';

export function emissionRoutes(app: App, emissions: EmissionService): void {
  app.post(
    '/api/esg/emissions',
    { schema: { tags: ['esg'], body: emissionRequestSchema, response: { 201: emissionAnswerSchema } } },
    async (request, reply) => {
      reply.code(201);
      return emissions.calculate(signedInActor(request), request.body);
    },
  );
}
