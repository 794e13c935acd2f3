import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { countFilter, countRow, crossingFilter, crossingSchema } from './schemas.ts';
import type { CrossingService } from './service.ts';

const tags = ['matrixvision'];

export function crossingRoutes(app: App, crossings: CrossingService): void {
  app.get(
    '/api/matrixvision/crossings',
    {
      schema: {
        tags,
        summary: 'Crossings of lines, newest first',
        querystring: crossingFilter,
        response: { 200: z.object({ items: z.array(crossingSchema) }) },
      },
    },
    async (request) => ({ items: await crossings.list(signedInActor(request), request.query) }),
  );
  app.get(
    '/api/matrixvision/crossings/counts',
    {
      schema: {
        tags,
        summary: 'Counts of each line by quarter hour or another stretch; what is unconfirmed stands apart',
        querystring: countFilter,
        response: { 200: z.object({ items: z.array(countRow) }) },
      },
    },
    async (request) => ({ items: await crossings.counts(signedInActor(request), request.query) }),
  );
  app.get(
    '/api/matrixvision/crossings/:id/picture.jpg',
    { schema: { tags, summary: 'The picture of a crossing, JPEG', params: z.object({ id: z.uuid() }) } },
    async (request, reply) =>
      reply.type('image/jpeg').send(await crossings.picture(signedInActor(request), request.params.id)),
  );
}
