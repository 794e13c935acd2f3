import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { DiscoveryService } from './service.ts';

const tags = ['matrixvision'];

const found = z.object({ id: z.string(), name: z.string(), hardware: z.string(), address: z.string() });
const streams = z.object({
  manufacturer: z.string(),
  model: z.string(),
  profiles: z.array(
    z.object({
      name: z.string(),
      encoding: z.string(),
      width: z.number(),
      height: z.number(),
      frameRate: z.number(),
      url: z.string(),
    }),
  ),
  url: z.string(),
  subUrl: z.string(),
});

export function discoveryRoutes(app: App, discovery: DiscoveryService): void {
  app.post(
    '/api/matrixvision/discovery',
    {
      schema: {
        tags,
        summary: 'Ask the network for ONVIF cameras; takes some seconds',
        response: { 200: z.object({ items: z.array(found) }) },
      },
    },
    async (request) => ({ items: await discovery.cameras(signedInActor(request)) }),
  );
  app.post(
    '/api/matrixvision/discovery/streams',
    {
      schema: {
        tags,
        summary: 'Ask an ONVIF camera for its streams',
        body: z.strictObject({
          address: z.string().min(1).max(2_000),
          username: z.string().max(200).optional(),
          password: z.string().max(500).optional(),
        }),
        response: { 200: streams },
      },
    },
    async (request) => {
      const { profiles, ...rest } = await discovery.streams(signedInActor(request), request.body);
      return { ...rest, profiles: [...profiles] };
    },
  );
}
