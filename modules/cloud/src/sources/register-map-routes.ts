import { type App, signedInActor } from '@millwright/http';
import { requirePermission } from '@millwright/kernel';
import { z } from 'zod';
import { registersFromCsv } from '../connectors/modbus/register-map-csv.ts';

/** Turns a register map as data sheets come (CSV) into the registers of a Modbus source. */
export function registerMapRoutes(app: App): void {
  app.post(
    '/api/cloud/register-maps',
    {
      schema: {
        tags: ['cloud'],
        body: z.object({ csv: z.string().min(1).max(2_000_000) }),
        response: { 200: z.object({ registers: z.array(z.looseObject({})) }) },
      },
    },
    async (request) => {
      requirePermission(signedInActor(request), 'cloud.source.write');
      return { registers: registersFromCsv(request.body.csv).map((register) => ({ ...register })) };
    },
  );
}
