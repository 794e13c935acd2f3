import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { jobSchema } from '../job-routes.ts';
import type { BackupService } from './service.ts';

const tags = ['system'];

export function backupRoutes(app: App, backups: BackupService): void {
  app.post(
    '/api/system/backups',
    {
      schema: {
        tags,
        summary: 'Prepare a backup: a job whose result says how much it holds',
        response: { 202: jobSchema },
      },
    },
    async (request, reply) => {
      reply.code(202);
      return backups.start(signedInActor(request));
    },
  );
  app.get(
    '/api/system/backups/:jobId',
    {
      schema: {
        tags,
        summary: 'The tar file that a job has prepared, once',
        params: z.object({ jobId: z.uuid() }),
      },
    },
    async (request, reply) => {
      const { manifest, stream } = backups.fetch(signedInActor(request), request.params.jobId);
      const name = `millwright-${manifest.created.replaceAll(/[-:]|\.\d+/g, '')}.tar`;
      return reply
        .header('content-type', 'application/x-tar')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(stream());
    },
  );
}
