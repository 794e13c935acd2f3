/** Puts the packages together into the Host that modules are started with. Names no module. */
import type { AssemblyMode } from './assemble.ts';
import type { LateBrokerAccess } from './late-access.ts';

export { type AssembleOptions, type Assembly, type AssemblyMode, assemble, isPortTaken } from './assemble.ts';
export { backupErrors } from './backup/errors.ts';
export { type RestoreOptions, type RestoreResult, restoreBackup } from './backup/restore-backup.ts';
export { hostErrors } from './errors.ts';
export { migrationSets } from './migration-sets.ts';
export { runWorker, type WorkerOptions, type WorkerResult } from './worker.ts';

declare module '@millwright/kernel' {
  interface Host {
    /** The module that knows the broker's clients registers here. */
    readonly brokerAccess: Pick<LateBrokerAccess, 'use'>;
    /** The data folder, absolute; a module keeps files of its own in a folder named after it. */
    readonly folder: string;
    readonly mode: AssemblyMode;
  }
}
