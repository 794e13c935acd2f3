import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { assignmentInput, assignmentSchema, storedTariff, tariffExample, tariffFile } from './schemas.ts';
import type { TariffService } from './service.ts';

const tags = ['energy'];
const assignments = z.object({ items: z.array(assignmentSchema) });

export function tariffRoutes(app: App, tariffs: TariffService): void {
  app.get(
    '/api/energy/tariffs',
    {
      schema: {
        tags,
        summary: 'Tariffs, every version',
        response: { 200: z.object({ items: z.array(storedTariff) }) },
      },
    },
    async (request) => ({ items: await tariffs.list(signedInActor(request)) }),
  );
  app.post(
    '/api/energy/tariffs',
    {
      schema: { tags, summary: 'Add a tariff or a version of one', body: tariffFile, response: { 201: storedTariff } },
    },
    async (request, reply) => {
      reply.code(201);
      return tariffs.add(signedInActor(request), request.body);
    },
  );
  app.get(
    '/api/energy/tariffs/examples',
    {
      schema: {
        tags,
        summary: 'Tariff files to start from; their prices are made up',
        response: { 200: z.object({ items: z.array(tariffExample) }) },
      },
    },
    async (request) => ({ items: await tariffs.examples(signedInActor(request)) }),
  );
  app.get(
    '/api/energy/tariffs/assignments',
    { schema: { tags, summary: 'Which site or source is billed by which tariff', response: { 200: assignments } } },
    async (request) => ({ items: await tariffs.assignments(signedInActor(request)) }),
  );
  app.post(
    '/api/energy/tariffs/:id/assignments',
    {
      schema: {
        tags,
        summary: 'Bill a site or source by a tariff from a local date on',
        params: z.object({ id: z.string().min(1).max(200).describe('id, meaning its newest version, or id@version') }),
        body: assignmentInput,
        response: { 201: assignmentSchema },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return tariffs.assign(signedInActor(request), request.params.id, request.body);
    },
  );
  app.delete(
    '/api/energy/tariffs/assignments/:id',
    {
      schema: {
        tags,
        summary: 'Take an assignment back',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await tariffs.withdraw(signedInActor(request), request.params.id);
      reply.code(204);
      return null;
    },
  );
}
