import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { adviceChange, adviceQuery, adviceSchema, followUpAnswer, followUpInput } from './schemas.ts';
import type { AdviceService } from './service.ts';

const tags = ['energy'];
const path = '/api/energy/advice';
const params = z.object({ id: z.uuid() });

export function adviceRoutes(app: App, advice: AdviceService): void {
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'Saving advice, newest first',
        response: { 200: z.object({ items: z.array(adviceSchema) }) },
      },
    },
    async (request) => ({ items: await advice.list(signedInActor(request)) }),
  );
  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Compute what could be saved from readings, recorded with evidence',
        ...{ body: adviceQuery, response: { 201: adviceSchema } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return advice.compute(signedInActor(request), request.body);
    },
  );
  app.patch(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: 'Accept or dismiss an advice',
        params,
        body: adviceChange,
        response: { 200: adviceSchema },
      },
    },
    async (request) => advice.change(signedInActor(request), request.params.id, request.body.status),
  );
  app.post(
    `${path}/:id/measure`,
    {
      schema: {
        tags,
        summary: 'Follow an advice up by a measure that will say whether it came true',
        ...{ params, body: followUpInput, response: { 201: followUpAnswer } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return advice.followUp(signedInActor(request), request.params.id, request.body);
    },
  );
}
