import { type App, sendAttachment, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { cloudErrors } from '../errors.ts';
import type { MeasurementService } from './service.ts';

const params = z.object({ id: z.uuid() });
const time = z.iso.datetime({ offset: true });
const period = { from: time, to: time };
const tags = ['cloud'];
const numbers = z.array(z.number());

/** Two ISO times as milliseconds since 1970; throws PERIOD_INVALID unless the first is before the second. */
export function periodOf({ from, to }: { from: string; to: string }): [number, number] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!(start < end)) throw cloudErrors.PERIOD_INVALID({ from, to });
  return [start, end];
}

export function measurementRoutes(app: App, measurements: MeasurementService): void {
  app.get(
    '/api/cloud/points/:id/trend',
    {
      schema: {
        tags,
        params,
        querystring: z.object({ ...period, most: z.coerce.number().int().min(10).max(2000).default(2000) }),
        response: {
          200: z.object({
            pointId: z.string(),
            unit: z.string(),
            resolution: z.enum(['reading', 'bucket', 'hour', 'day']),
            bucketSeconds: z.number(),
            time: numbers,
            minimum: numbers,
            mean: numbers,
            maximum: numbers,
            count: numbers,
            quality: numbers,
            bad: z.number(),
          }),
        },
      },
    },
    async (request) =>
      measurements.trend(signedInActor(request), request.params.id, ...periodOf(request.query), request.query.most),
  );
  app.get(
    '/api/cloud/points/:id/readings',
    {
      schema: {
        tags,
        params,
        querystring: z.object({ ...period, limit: z.coerce.number().int().min(1).max(100_000).default(10_000) }),
        response: {
          200: z.object({ unit: z.string(), total: z.number(), time: numbers, value: numbers, quality: numbers }),
        },
      },
    },
    async (request) => {
      const { params, query } = request;
      const { point, series, total } = await measurements.readings(
        signedInActor(request),
        params.id,
        ...periodOf(query),
        query.limit,
      );
      return {
        unit: point.unit,
        total,
        time: [...series.time],
        value: [...series.value],
        quality: [...series.quality],
      };
    },
  );
  app.get(
    '/api/cloud/readings.csv',
    {
      schema: {
        tags,
        querystring: z.object({
          ...period,
          /** Ids with commas between them. */
          pointIds: z
            .string()
            .transform((text) => text.split(','))
            .pipe(z.array(z.uuid()).min(1).max(500)),
        }),
      },
    },
    async (request, reply) => {
      const { pointIds } = request.query;
      const pieces = await measurements.export(signedInActor(request), pointIds, ...periodOf(request.query));
      return sendAttachment(reply, { name: 'readings.csv', mediaType: 'text/csv; charset=utf-8', pieces });
    },
  );
  app.post(
    '/api/cloud/latest',
    {
      schema: {
        tags,
        body: z.object({ pointIds: z.array(z.uuid()).max(5000) }),
        response: {
          200: z.object({
            items: z.array(z.object({ pointId: z.string(), time: z.string(), value: z.number(), quality: z.number() })),
          }),
        },
      },
    },
    async (request) => ({ items: await measurements.latest(signedInActor(request), request.body.pointIds) }),
  );
  app.post(
    '/api/cloud/totals',
    {
      schema: {
        tags,
        body: z.object({ pointIds: z.array(z.uuid()).max(500), ...period, by: z.enum(['hour', 'day', 'month']) }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                pointId: z.string(),
                buckets: z.array(
                  z.object({
                    bucket: z.string(),
                    count: z.number(),
                    total: z.number(),
                    increase: z.number(),
                    covered: z.number().describe('Seconds that the readings speak for'),
                    minimum: z.number(),
                    maximum: z.number(),
                    mean: z.number(),
                  }),
                ),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const { pointIds, by } = request.body;
      return { items: await measurements.totals(signedInActor(request), pointIds, ...periodOf(request.body), by) };
    },
  );
}
