/** Puts the packages together into the Host that modules are started with. Names no module. */
import type { LateBrokerAccess } from './late-access.ts';

export { type AssembleOptions, type Assembly, assemble, isPortTaken } from './assemble.ts';
export { backupErrors } from './backup/errors.ts';
export { type RestoreOptions, type RestoreResult, restoreBackup } from './backup/restore-backup.ts';
export { hostErrors } from './errors.ts';

declare module '@millwright/kernel' {
  interface Host {
    /** The module that knows the broker's clients registers here. */
    readonly brokerAccess: Pick<LateBrokerAccess, 'use'>;
    /** The data folder, absolute; a module keeps files of its own in a folder named after it. */
    readonly folder: string;
  }
}
