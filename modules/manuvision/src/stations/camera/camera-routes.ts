import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { verdictSchema } from '../schemas.ts';
import type { StationCameraService } from './camera-service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/stations';
const params = z.object({ id: z.uuid() });

export function stationCameraRoutes(app: App, cameras: StationCameraService): void {
  app.post(
    `${base}/:id/trigger`,
    { schema: { tags, summary: 'Take a picture and judge it', params, response: { 201: verdictSchema } } },
    async (request, reply) => {
      const judged = await cameras.trigger(signedInActor(request), request.params.id);
      reply.code(201);
      return judged;
    },
  );
  app.get(
    `${base}/:id/still.jpg`,
    {
      schema: {
        tags,
        summary: 'What the camera of a station sees now, JPEG',
        params,
        querystring: z.object({ width: z.coerce.number().int().min(64).max(7680).default(1280) }),
      },
    },
    async (request, reply) => {
      const { params: asked, query } = request;
      const picture = await cameras.still(signedInActor(request), asked.id, query.width);
      return reply.type('image/jpeg').header('cache-control', 'no-store').send(Buffer.from(picture));
    },
  );
}
