import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { networkSchema, networksSchema } from './schemas.ts';
import type { NetworkService } from './service.ts';

const tags = ['matrixvision'];
const base = '/api/matrixvision/networks';
const body = z.strictObject({ network: networkSchema });

export function networkRoutes(app: App, networks: NetworkService): void {
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Networks inside the plant whose cameras may be opened',
        response: { 200: networksSchema },
      },
    },
    async (request) => networks.list(signedInActor(request)),
  );
  app.post(
    base,
    {
      schema: {
        tags,
        summary: 'Let cameras of a network be opened, from now on',
        ...{ body, response: { 201: networksSchema } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return networks.allow(signedInActor(request), request.body.network);
    },
  );
  // A network holds a slash: it is named in the body.
  app.post(
    `${base}/remove`,
    {
      schema: {
        tags,
        summary: 'Let cameras of a network be opened no longer',
        ...{ body, response: { 204: z.null() } },
      },
    },
    async (request, reply) => {
      await networks.remove(signedInActor(request), request.body.network);
      return reply.code(204).send(null);
    },
  );
}
