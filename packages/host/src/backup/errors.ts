import { defineErrors, errorKind } from '@millwright/kernel';

export const backupErrors = defineErrors('host', {
  BACKUP_RUNNING: errorKind<Record<string, never>>({
    status: 409,
    message: () => 'Another backup is being made.',
    remedy: 'Wait until it is finished and call again.',
  }),
  BACKUP_UNKNOWN: errorKind<{ jobId: string }>({
    status: 404,
    message: ({ jobId }) => `No backup of job ${jobId} waits to be fetched.`,
    remedy: 'Start one; each can be fetched once, until the next is started or the server stops.',
  }),
  RESTORE_CORRUPT: errorKind<{ member: string; reason: string }>({
    status: 400,
    message: ({ member, reason }) => `The backup is damaged at ${member}: ${reason}. Nothing was changed.`,
    remedy: 'Copy the file again from where it is kept, or use another backup.',
  }),
  RESTORE_FILE_MISSING: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The backup ${path} cannot be read: ${reason}.`,
    remedy: 'Check the path and its permissions.',
  }),
  RESTORE_FROM_NEWER: errorKind<{ version: string; reason: string }>({
    status: 409,
    message: ({ version, reason }) =>
      `The backup was made by Millwright ${version}, and ${reason}. Nothing was changed.`,
    remedy: 'Restore it with that version or a newer one.',
  }),
  RESTORE_FOLDER_NOT_EMPTY: errorKind<{ folder: string }>({
    status: 409,
    message: ({ folder }) => `The data folder ${folder} holds data already. Nothing was changed.`,
    remedy: 'Restore into another folder with --data DIR, or move what is there aside with --force.',
  }),
  RESTORE_FOLDER_FIXED: errorKind<{ folder: string; aside: string; reason: string }>({
    status: 409,
    message: ({ folder, aside, reason }) => `What is in ${folder} cannot be moved to ${aside}: ${reason}.`,
    remedy: 'The folder may be a mount of its own: empty it by hand and restore without --force.',
  }),
  RESTORE_DATABASE_NOT_EMPTY: errorKind<{ tables: number }>({
    status: 409,
    message: ({ tables }) => `The database in databaseUrl holds ${tables} tables already. Nothing was changed.`,
    remedy: 'Create an empty database and name it in databaseUrl; --force moves folders only, never a database.',
  }),
});
