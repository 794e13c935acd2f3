import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { stationChange, stationInput, stationSchema } from './schemas.ts';
import type { StationService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/stations';
const params = z.object({ id: z.uuid() });

export function stationRoutes(app: App, stations: StationService): void {
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Stations: where parts are judged',
        response: { 200: z.object({ items: z.array(stationSchema) }) },
      },
    },
    async (request) => ({ items: await stations.list(signedInActor(request)) }),
  );
  app.post(
    base,
    { schema: { tags, summary: 'Set up a station', body: stationInput, response: { 201: stationSchema } } },
    async (request, reply) => {
      const created = await stations.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One station', params, response: { 200: stationSchema } } },
    async (request) => stations.station(signedInActor(request), request.params.id),
  );
  app.put(
    `${base}/:id`,
    {
      schema: {
        tags,
        summary: 'Change what a station judges by',
        ...{ params, body: stationChange, response: { 200: stationSchema } },
      },
    },
    async (request) => stations.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a station away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await stations.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
