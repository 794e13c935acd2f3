import { MillwrightError } from '@millwright/kernel';
import type { Connection } from './connection.ts';
import { ProgressBar } from './progress-bar.ts';

interface Job {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  message: string;
  result: unknown;
  error: { code: string; message: string; status: number; details: Record<string, unknown> } | null;
}

const pollMs = 100;
/** Waits for a job; a terminal gets a progress bar. An aborted signal cancels the job and waits for it to stop. */
export async function follow<T>(connection: Connection, jobId: string, signal: AbortSignal): Promise<T> {
  const bar = new ProgressBar();
  let cancelled = false;
  for (;;) {
    const job = await connection.call<Job>('GET', `/api/jobs/${jobId}`);
    bar.show(job.progress, job.message);
    if (job.state === 'done' || job.state === 'failed' || job.state === 'cancelled') {
      bar.clear();
      if (job.state === 'done') return job.result as T;
      const { code, status, message, details } = job.error ?? {
        code: 'JOB_CANCELLED',
        status: 409,
        message: 'The job was cancelled.',
        details: {},
      };
      throw new MillwrightError(code, status, message, details);
    }
    if (signal.aborted && !cancelled) {
      cancelled = true;
      await connection.call('POST', `/api/jobs/${jobId}/cancel`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
