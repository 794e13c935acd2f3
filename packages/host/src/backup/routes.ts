import { type App, signedInActor } from '@millwright/http';
import type { BackupService } from './service.ts';

/** The archive itself; what is in it is said in headers, so that a caller need not open it. */
export function backupRoutes(app: App, backups: BackupService): void {
  app.get('/api/system/backup', { schema: { tags: ['system'] } }, async (request, reply) => {
    const { manifest, stream } = await backups.prepare(signedInActor(request));
    return reply
      .header('content-type', 'application/x-tar')
      .header(
        'content-disposition',
        `attachment; filename="millwright-${manifest.created.replaceAll(/[-:]|\.\d+/g, '')}.tar"`,
      )
      .header('x-backup-tables', manifest.tables.length)
      .header(
        'x-backup-rows',
        manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      )
      .header('x-backup-blobs', manifest.blobs.length)
      .send(stream());
  });
}
