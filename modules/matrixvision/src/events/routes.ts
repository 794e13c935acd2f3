import type { Blobs } from '@millwright/blobs';
import { type App, sendRange, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { eventFilter, eventSchema, precisionSchema, reviewInput } from './schemas.ts';
import type { EventService } from './service.ts';

const tags = ['matrixvision'];
const params = z.object({ id: z.uuid() });

export function eventRoutes(app: App, events: EventService, blobs: Blobs): void {
  app.get(
    '/api/matrixvision/events',
    {
      schema: {
        tags,
        summary: 'Events, newest first',
        querystring: eventFilter,
        response: { 200: z.object({ items: z.array(eventSchema), total: z.number() }) },
      },
    },
    async (request) => events.list(signedInActor(request), request.query),
  );
  app.get(
    '/api/matrixvision/events/precision',
    {
      schema: {
        tags,
        summary: 'How many of the reviewed events were right, by camera and rule',
        querystring: eventFilter,
        response: { 200: z.object({ items: z.array(precisionSchema) }) },
      },
    },
    async (request) => ({ items: await events.precision(signedInActor(request), request.query) }),
  );
  app.get(
    '/api/matrixvision/events/:id',
    { schema: { tags, summary: 'One event', params, response: { 200: eventSchema } } },
    async (request) => events.event(signedInActor(request), request.params.id),
  );
  app.post(
    '/api/matrixvision/events/:id/review',
    {
      schema: {
        tags,
        summary: 'Confirm or reject an event',
        params,
        body: reviewInput,
        response: { 200: eventSchema },
      },
    },
    async (request) => events.review(signedInActor(request), request.params.id, request.body),
  );
  app.get(
    '/api/matrixvision/events/:id/picture.jpg',
    { schema: { tags, summary: 'The picture of an event, JPEG', params } },
    async (request, reply) =>
      reply.type('image/jpeg').send(await events.picture(signedInActor(request), request.params.id)),
  );
  app.get(
    '/api/matrixvision/events/:id/clip.mp4',
    { schema: { tags, summary: 'The clip of an event, MP4; byte ranges are answered', params } },
    async (request, reply) => {
      const actor = signedInActor(request);
      const { hash, size } = await events.clip(actor, request.params.id);
      // A player asks for many parts of one clip; the first of them is the look.
      if (!request.headers.range || /^bytes=0-/.test(request.headers.range))
        await events.recordLook(actor, request.params.id);
      const open = (range?: { start: number; end: number }) => blobs.get(hash, range);
      return sendRange(reply, { size, mediaType: 'video/mp4', range: request.headers.range, open });
    },
  );
}
