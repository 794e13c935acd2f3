import { type App, signedInActor } from '@millwright/http';
import type { Jobs } from '@millwright/jobs';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';

const state = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export const jobSchema = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string().nullable(),
  siteId: z.string().nullable(),
  actor: z.object({ id: z.string(), name: z.string() }),
  state,
  progress: z.number(),
  message: z.string(),
  note: noteSchema.nullable(),
  result: z.unknown(),
  error: z
    .object({ code: z.string(), message: z.string(), status: z.number(), details: z.record(z.string(), z.unknown()) })
    .nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
const params = z.object({ id: z.uuid() });
const tags = ['jobs'];

export function jobRoutes(app: App, jobs: Jobs): void {
  app.get(
    '/api/jobs',
    {
      schema: {
        tags,
        querystring: z.object({
          state: state.optional(),
          type: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(500).optional(),
        }),
        response: { 200: z.object({ items: z.array(jobSchema) }) },
      },
    },
    async (request) => ({ items: await jobs.list(signedInActor(request), request.query) }),
  );
  app.get('/api/jobs/:id', { schema: { tags, params, response: { 200: jobSchema } } }, async (request) =>
    jobs.get(signedInActor(request), request.params.id),
  );
  app.post('/api/jobs/:id/cancel', { schema: { tags, params, response: { 200: jobSchema } } }, async (request) =>
    jobs.cancel(signedInActor(request), request.params.id),
  );
}
