import { defineErrors, errorKind } from '@millwright/kernel';

export const hostErrors = defineErrors('host', {
  MODULE_MISSING: errorKind<{ module: string; needs: string }>({
    status: 500,
    message: ({ module, needs }) => `The module ${module} needs ${needs}, which is not started before it.`,
    remedy: 'List it earlier in apps/server/src/modules.ts.',
  }),
  PORT_TAKEN: errorKind<{ what: string; port: number; setting: string }>({
    status: 409,
    message: ({ what, port }) => `Port ${port} for ${what} is taken by another program.`,
    remedy:
      'Stop that program, or choose another port with --port, --mqtt-port or the configuration file; 0 takes any free one.',
  }),
  WORKER_NEEDS_SERVER: errorKind<{ missing: string[] }>({
    status: 400,
    message: ({ missing }) =>
      `A worker shares database and files with a server, and ${missing.join(' and ')} name none.`,
    remedy:
      'Set databaseUrl to the PostgreSQL server and blobUrl to the S3-compatible store that the server uses, by flag, environment or millwright.json.',
  }),
  WORKER_SCHEMA_OLD: errorKind<{ pending: string[] }>({
    status: 409,
    message: ({ pending }) => `The database is older than this worker: ${pending.length} migrations are not applied.`,
    remedy: 'Start the server of the same version first; it brings the database up to date.',
  }),
  BUS_NOT_LIVE: errorKind<Record<string, never>>({
    status: 409,
    message: () => 'This needs the running server: no message broker is connected in a one-off command.',
    remedy: 'Start the server with `npm start` and try again.',
  }),
});
