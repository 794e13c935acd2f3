import { type App, signedInActor } from '@millwright/http';
import { requirePermission } from '@millwright/kernel';
import { z } from 'zod';
import { readPosted } from '../connectors/rest-push/read-posted.ts';
import { restPushBody } from '../connectors/rest-push/rest-push-body.ts';
import type { MeasurementStore } from '../measurements/store.ts';
import type { PointService } from '../points/service.ts';
import type { SourceService } from './service.ts';

/** Readings posted over HTTP to a source of kind `rest-push`. The answer comes after the commit. */
export function pushRoutes(
  app: App,
  parts: { sources: SourceService; points: PointService; store: MeasurementStore },
): void {
  app.post(
    '/api/cloud/sources/:id/readings',
    {
      bodyLimit: 32 * 1024 * 1024,
      schema: {
        tags: ['cloud'],
        params: z.object({ id: z.uuid() }),
        body: restPushBody,
        response: { 200: z.object({ stored: z.number(), duplicate: z.number(), rejected: z.number() }) },
      },
    },
    async (request) => {
      const actor = signedInActor(request);
      const source = await parts.sources.source(actor, request.params.id);
      requirePermission(actor, 'cloud.data.push', source.siteId);
      const keys = new Map((await parts.points.list(actor, { sourceId: source.id })).map(({ id, key }) => [id, key]));
      const { readings, rejections } = readPosted(request.body, {
        timeZone: source.timezone,
        keyOfPoint: (id) => keys.get(id),
      });
      if (rejections.length > 0) await parts.store.reject(source.id, rejections);
      const posted = [...new Set(readings.map(({ key }) => key))];
      const index = new Map(posted.map((key, at) => [key, at]));
      const receipt = await parts.store.write({
        sourceId: source.id,
        keys: posted,
        keyIndex: Int32Array.from(readings, ({ key }) => index.get(key)!),
        time: Float64Array.from(readings, ({ time }) => time),
        value: Float64Array.from(readings, ({ value }) => value),
        quality: Int16Array.from(readings, ({ quality }) => quality),
        historical: false,
      });
      return { stored: receipt.stored, duplicate: receipt.duplicate, rejected: receipt.rejected + rejections.length };
    },
  );
}
