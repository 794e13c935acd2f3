import { type Actor, definePermissions, type Host, requirePermission } from '@millwright/kernel';
import { z } from 'zod';
import { backupErrors } from './errors.ts';
import { type PreparedBackup, prepareBackup } from './write-backup.ts';

definePermissions({ 'system.backup': [] });

export const backupJobType = 'system.backup';
/** A backup that nobody fetches does not keep its room on the disk for ever. */
const keptMs = 3_600_000;

/** What the job that prepares a backup answers. */
export interface BackupSummary {
  readonly tables: number;
  readonly rows: number;
  readonly blobs: number;
}

/** One backup at a time: a job prepares it, then it waits to be fetched, once. */
export class BackupService {
  #host: Host;
  #version: string;
  /** What is prepared is on this machine's disk, so its job belongs to the server. */
  #prepared: { readonly jobId: string; readonly backup: PreparedBackup } | undefined;
  #busy = false;

  constructor(host: Host, version: string) {
    this.#host = host;
    this.#version = version;
    host.jobs.define({
      type: backupJobType,
      place: 'server',
      schema: z.object({}),
      run: (_payload, { actor, jobId, signal, progress }) => this.#prepare(actor, jobId, signal, progress),
    });
  }

  /** Queues the job that prepares a backup; one that was prepared and never fetched is given up. */
  async start(actor: Actor) {
    requirePermission(actor, 'system.backup');
    const { jobs } = this.#host;
    const before = await Promise.all(
      (['queued', 'running'] as const).map((state) => jobs.list(actor, { type: backupJobType, state, limit: 1 })),
    );
    if (this.#busy || before.flat().length > 0) throw backupErrors.BACKUP_RUNNING({});
    return jobs.enqueue(actor, backupJobType, {});
  }

  /** The archive that a job prepared, once. Throws BACKUP_UNKNOWN. */
  fetch(actor: Actor, jobId: string): PreparedBackup {
    requirePermission(actor, 'system.backup');
    if (this.#prepared?.jobId !== jobId) throw backupErrors.BACKUP_UNKNOWN({ jobId });
    const { backup } = this.#prepared;
    this.#prepared = undefined;
    this.#busy = true;
    return backup;
  }

  /** Says so in the ledger, so that the backup holds its own record, and takes the snapshot. */
  async #prepare(
    actor: Actor,
    jobId: string,
    signal: AbortSignal,
    progress: (fraction: number, at: string) => void,
  ): Promise<BackupSummary> {
    requirePermission(actor, 'system.backup');
    if (this.#busy) throw backupErrors.BACKUP_RUNNING({});
    this.#busy = true;
    this.#prepared = undefined;
    const { db, blobs, folder, ledger, clock } = this.#host;
    try {
      await ledger.record(actor, { type: backupJobType, content: { version: this.#version } });
      const backup = await prepareBackup(
        { db, blobs, folder, version: this.#version, created: clock.now(), signal, progress },
        () => {
          this.#busy = false;
        },
      );
      this.#prepared = { jobId, backup };
      setTimeout(() => {
        if (this.#prepared?.jobId === jobId) this.fetch(actor, jobId).stream().destroy();
      }, keptMs).unref();
      const { tables, blobs: files } = backup.manifest;
      return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0), blobs: files.length };
    } finally {
      this.#busy = false;
    }
  }
}
