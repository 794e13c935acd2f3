/** Background work on PostgreSQL: typed, with progress, cancel and retry. */
import type { Jobs } from './jobs.ts';

export { jobErrors } from './errors.ts';
export type { Job, JobContext, JobDefinition, JobPlace, JobState } from './job.ts';
export { Jobs } from './jobs.ts';

/** Folder of the package's own migrations. */
export const jobsMigrations = new URL('../migrations/', import.meta.url);

declare module '@millwright/kernel' {
  interface Host {
    readonly jobs: Jobs;
  }
}
