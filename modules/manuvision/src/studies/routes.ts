import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { studyInput, studySchema } from './schemas.ts';
import type { GaugeStudyService } from './service.ts';

const tags = ['manuvision'];
const params = z.object({ id: z.uuid() });

export function gaugeStudyRoutes(app: App, studies: GaugeStudyService): void {
  app.post(
    '/api/manuvision/inspections/:id/study',
    {
      schema: {
        tags,
        summary: 'Gauge repeatability and reproducibility of a measuring inspection on pictures, as a job',
        ...{ params, body: studyInput, response: { 202: z.object({ jobId: z.string() }) } },
      },
    },
    async (request, reply) => {
      const job = await studies.begin(signedInActor(request), request.params.id, request.body);
      reply.code(202);
      return { jobId: job.id };
    },
  );
  app.get(
    '/api/manuvision/inspections/:id/studies',
    {
      schema: {
        tags,
        summary: 'Gauge studies of an inspection, newest first',
        ...{ params, response: { 200: z.object({ items: z.array(studySchema) }) } },
      },
    },
    async (request) => ({ items: await studies.list(signedInActor(request), request.params.id) }),
  );
}
