import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { handshakeSettings } from './handshake-settings.ts';
import { faultSchema, faultsQuery, lineAnswer, triggerInput } from './line-schemas.ts';
import type { LineService } from './line-service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/stations/:id';
const params = z.object({ id: z.uuid() });
const response = { 200: lineAnswer };

export function lineRoutes(app: App, line: LineService): void {
  app.get(
    `${base}/line`,
    { schema: { tags, summary: 'How a station talks with the line, and what it shows now', params, response } },
    async (request) => line.line(signedInActor(request), request.params.id),
  );
  app.put(
    `${base}/line`,
    {
      schema: {
        tags,
        summary: 'Set up how a station talks with the line',
        ...{ params, body: handshakeSettings, response },
      },
    },
    async (request) => line.set(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/line`,
    { schema: { tags, summary: 'Let a station talk with the line no more', params, response } },
    async (request) => line.set(signedInActor(request), request.params.id, null),
  );
  app.post(
    `${base}/line/trigger`,
    { schema: { tags, summary: 'Trigger a station in the place of the line', params, body: triggerInput, response } },
    async (request) => line.trigger(signedInActor(request), request.params.id, request.body),
  );
  app.post(
    `${base}/line/acknowledge`,
    { schema: { tags, summary: 'Take a result away in the place of the line', params, response } },
    async (request) => line.acknowledge(signedInActor(request), request.params.id),
  );
  app.post(
    `${base}/line/reset`,
    { schema: { tags, summary: 'Bring a station out of its fail-safe state', params, response } },
    async (request) => line.reset(signedInActor(request), request.params.id),
  );
  app.get(
    `${base}/faults`,
    {
      schema: {
        tags,
        summary: 'Faults of a station, newest first',
        ...{ params, querystring: faultsQuery, response: { 200: z.object({ items: z.array(faultSchema) }) } },
      },
    },
    async (request) => ({
      items: await line.faults(signedInActor(request), request.params.id, request.query.limit),
    }),
  );
}
