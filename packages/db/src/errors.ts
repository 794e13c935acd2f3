import { defineErrors, errorKind } from '@millwright/kernel';

export const dbErrors = defineErrors('db', {
  DATABASE_UNREACHABLE: errorKind<{ url: string; reason: string }>({
    status: 503,
    message: ({ url, reason }) => `The database ${url} cannot be reached: ${reason}.`,
    remedy: 'Check that the server runs and that the address, user and password in databaseUrl are right.',
  }),
  DATABASE_AWAY: errorKind<Record<string, never>>({
    status: 503,
    message: () => 'The database does not answer at the moment; what was sent is not stored.',
    remedy: 'Send it again once it is back; the server connects to it by itself.',
  }),
  DATABASE_STOPPED: errorKind<Record<string, never>>({
    status: 503,
    message: () => 'The embedded database has stopped; what was sent is not stored.',
    remedy: 'Start the server again; if its log says that the disk failed, look at the disk first.',
  }),
  DATABASE_DISK_FULL: errorKind<Record<string, never>>({
    status: 507,
    message: () => 'The disk that holds the database is full; nothing was written.',
    remedy: 'Free space on the data folder’s disk or shorten the retention of points, then try again.',
  }),
  TRANSACTION_ABORTED: errorKind<Record<string, never>>({
    status: 500,
    message: () => 'A statement failed inside a transaction that went on regardless; nothing of it was kept.',
    remedy: 'Let the failure of a statement end its transaction.',
  }),
  DATA_FOLDER_UNUSABLE: errorKind<{ folder: string; reason: string }>({
    status: 400,
    message: ({ folder, reason }) => `The data folder ${folder} cannot be used: ${reason}.`,
    remedy: 'Name a folder that this user may write to with --data DIR or MILLWRIGHT_DATA.',
  }),
  DATA_FOLDER_IN_USE: errorKind<{ folder: string; pid: number }>({
    status: 409,
    message: ({ folder, pid }) => `The data folder ${folder} is held by another server (process ${pid}).`,
    remedy: 'Stop that server first, or start this one on another folder with --data DIR.',
  }),
  DATABASE_IN_USE: errorKind<{ url: string; holder: string }>({
    status: 409,
    message: ({ url, holder }) => `Another Millwright server (at ${holder}) lives on the database ${url}.`,
    remedy: 'Stop that server first or ask it; to share its work, start `millwright worker` instead.',
  }),
  MIGRATION_CHANGED: errorKind<{ module: string; file: string }>({
    status: 500,
    message: ({ module, file }) => `The migration ${file} of ${module} was applied earlier with other content.`,
    remedy: 'Migrations only go forward: restore the file and add a new one.',
  }),
  MIGRATION_FAILED: errorKind<{ module: string; file: string; reason: string }>({
    status: 500,
    message: ({ module, file, reason }) => `The migration ${file} of ${module} failed and was rolled back: ${reason}.`,
    remedy: 'The data are as they were. Restore a backup or report the message with the log.',
  }),
  MIGRATION_FROM_FUTURE: errorKind<{ module: string; file: string }>({
    status: 500,
    message: ({ module, file }) =>
      `The database was used by a newer version: it has the migration ${file} of ${module}.`,
    remedy: 'Start the newer version, or restore a backup made with this one.',
  }),
});
