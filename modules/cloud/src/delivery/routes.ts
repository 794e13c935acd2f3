import { type App, signedInActor } from '@millwright/http';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { periodOf } from '../measurements/routes.ts';
import type { DeliveryService } from './service.ts';

const time = z.iso.datetime({ offset: true });
const tags = ['cloud'];
/** As many sources as one request may name; left out, all are meant. */
const mostSources = 200;
const sourceIds = z
  .union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(mostSources)])
  .optional()
  .describe('One source, or several by naming it again.');

export function deliveryRoutes(app: App, delivery: DeliveryService): void {
  app.get(
    '/api/cloud/delivery',
    {
      schema: {
        tags,
        querystring: z.object({ sourceId: sourceIds, from: time, to: time }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                sourceId: z.string(),
                hour: z.string(),
                expected: z.number(),
                received: z.number(),
                stored: z.number(),
                duplicate: z.number(),
                rejected: z.number(),
                late: z.number(),
                early: z.number(),
                outOfOrder: z.number(),
                historical: z.number(),
                state: z.enum(['complete', 'partial', 'missing', 'rejected', 'backfilled', 'unexpected']),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const [from, to] = periodOf(request.query);
      return { items: await delivery.hours(signedInActor(request), { sourceIds: request.query.sourceId, from, to }) };
    },
  );
  app.get(
    '/api/cloud/rejections',
    {
      schema: {
        tags,
        querystring: z.object({
          sourceId: z.uuid().optional(),
          importId: z.uuid().optional(),
          code: z.string().optional(),
          from: time.optional(),
          to: time.optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(200),
        }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                sourceId: z.string(),
                at: z.string(),
                code: z.string(),
                reason: z.string(),
                note: noteSchema.nullable(),
                key: z.string().nullable(),
                time: z.string().nullable(),
                row: z.number().nullable(),
                raw: z.string().nullable(),
                importId: z.string().nullable(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { from, to, ...filter } = request.query;
      const rows = await delivery.rejections(signedInActor(request), {
        ...filter,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
      });
      return {
        items: rows.map((row) => ({
          id: row.id,
          sourceId: row.source_id,
          at: row.at.toISOString(),
          code: row.code,
          reason: row.reason,
          note: row.note,
          key: row.key,
          time: row.time?.toISOString() ?? null,
          row: row.row,
          raw: row.raw,
          importId: row.import_id,
        })),
      };
    },
  );
  app.get(
    '/api/cloud/points/:id/gaps',
    {
      schema: {
        tags,
        params: z.object({ id: z.uuid() }),
        querystring: z.object({ from: time, to: time }),
        response: {
          200: z.object({ items: z.array(z.object({ from: z.string(), to: z.string(), missing: z.number() })) }),
        },
      },
    },
    async (request) => ({
      items: await delivery.gaps(signedInActor(request), request.params.id, ...periodOf(request.query)),
    }),
  );
}
