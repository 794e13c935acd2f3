import { type Actor, definePermissions, type Host, requirePermission } from '@millwright/kernel';
import { backupErrors } from './errors.ts';
import { type PreparedBackup, prepareBackup } from './write-backup.ts';

definePermissions({ 'system.backup': [] });

export class BackupService {
  #host: Host;
  #version: string;
  #running = false;

  constructor(host: Host, version: string) {
    this.#host = host;
    this.#version = version;
  }

  /** Says so in the ledger, so that the backup holds its own record, and takes the snapshot. Throws BACKUP_RUNNING. */
  async prepare(actor: Actor): Promise<PreparedBackup> {
    requirePermission(actor, 'system.backup');
    if (this.#running) throw backupErrors.BACKUP_RUNNING({});
    this.#running = true;
    const { db, blobs, folder, ledger, clock } = this.#host;
    const release = () => {
      this.#running = false;
    };
    try {
      await ledger.record(actor, { type: 'system.backup', content: { version: this.#version } });
      return await prepareBackup({ db, blobs, folder, version: this.#version, created: clock.now() }, release);
    } catch (error) {
      release();
      throw error;
    }
  }
}
