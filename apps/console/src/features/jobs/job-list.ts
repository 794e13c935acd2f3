import type { Job } from '../../api/types.ts';

export const isActive = (job: Pick<Job, 'state'>): boolean => job.state === 'queued' || job.state === 'running';

/** Puts what became of a job in its place, or a new job in front. */
export function mergeJob(jobs: readonly Job[], changed: Job): Job[] {
  const index = jobs.findIndex(({ id }) => id === changed.id);
  return index < 0 ? [changed, ...jobs] : jobs.with(index, changed);
}

/** Milliseconds until the end at the pace so far; undefined while that is a guess. */
export function timeLeft(job: Pick<Job, 'progress' | 'startedAt' | 'state'>, now: number): number | undefined {
  if (job.state !== 'running' || !job.startedAt || job.progress < 0.02) return undefined;
  const elapsed = now - Date.parse(job.startedAt);
  return elapsed < 2_000 ? undefined : (elapsed / job.progress) * (1 - job.progress);
}

/** The finding that a job's result names, whichever of the usual places it is in. */
export function evidenceOf(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('evidence' in result)) return undefined;
  return typeof result.evidence === 'string' ? result.evidence : undefined;
}
