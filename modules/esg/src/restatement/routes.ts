import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { restatementSchema } from './restatement-schemas.ts';
import type { RestatementService } from './service.ts';

const tags = ['esg'];
const name = z.string().min(1).max(200);

const recordedSchema = z.object({
  /** Evidence of the restatement. */
  id: z.string(),
  at: z.string(),
  by: z.string(),
  original: z.string(),
  why: z.string(),
  figures: z.array(z.object({ label: z.string(), restatement: restatementSchema })),
});

export function restatementRoutes(app: App, restatements: RestatementService): void {
  app.post(
    '/api/esg/restatements',
    {
      schema: {
        tags,
        body: z
          .strictObject({
            figure: z.uuid(),
            replace: z.record(name, name).optional(),
            factor: name.optional(),
            why: z.string().trim().min(1).max(2000),
          })
          .refine(
            ({ replace, factor }) => (replace === undefined) !== (factor === undefined),
            'names either replace or factor',
          ),
        response: { 201: recordedSchema },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return restatements.restate(signedInActor(request), request.body);
    },
  );
  app.get(
    '/api/esg/restatements',
    {
      schema: {
        tags,
        querystring: z.object({ figure: z.uuid().optional() }),
        response: { 200: z.object({ items: z.array(recordedSchema) }) },
      },
    },
    async (request) => ({ items: await restatements.list(signedInActor(request), request.query.figure) }),
  );
}
