import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { SteamMeterService } from './service.ts';
import { steamStateAnswerSchema, steamStateSchema } from './steam-state.ts';

const tags = ['esg'];

const steamMeterSchema = z.object({
  pointId: z.string(),
  siteId: z.string(),
  steam: steamStateAnswerSchema,
  enthalpy: z.object({ steam: z.string(), feedWater: z.string() }),
  statedAt: z.string(),
  statedBy: z.string(),
});

export function steamRoutes(app: App, steam: SteamMeterService): void {
  app.get(
    '/api/esg/steam-meters',
    { schema: { tags, response: { 200: z.object({ items: z.array(steamMeterSchema) }) } } },
    async (request) => ({ items: await steam.list(signedInActor(request)) }),
  );
  app.put(
    '/api/esg/steam-meters/:pointId',
    {
      schema: {
        tags,
        params: z.object({ pointId: z.uuid() }),
        body: steamStateSchema,
        response: { 200: steamMeterSchema },
      },
    },
    async (request) => steam.state(signedInActor(request), request.params.pointId, request.body),
  );
}
