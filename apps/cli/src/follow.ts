import { MillwrightError } from '@millwright/kernel';
import type { Connection } from './connection.ts';

interface Job {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  message: string;
  result: unknown;
  error: { code: string; message: string; status: number; details: Record<string, unknown> } | null;
}

const pollMs = 100;
const barWidth = 30;

function bar({ progress, message }: Job, startedAt: number): string {
  const filled = Math.round(progress * barWidth);
  const elapsed = (Date.now() - startedAt) / 1000;
  const left = progress > 0.02 ? Math.round((elapsed / progress) * (1 - progress)) : undefined;
  const eta = left === undefined ? '' : `  about ${left} s left`;
  return `\r\x1b[K[${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}] ${Math.round(progress * 100)} %  ${message}${eta}`;
}

/** Waits for a job; a terminal gets a progress bar. An aborted signal cancels the job and waits for it to stop. */
export async function follow<T>(connection: Connection, jobId: string, signal: AbortSignal): Promise<T> {
  const startedAt = Date.now();
  const terminal = process.stderr.isTTY;
  let cancelled = false;
  for (;;) {
    const job = await connection.call<Job>('GET', `/api/jobs/${jobId}`);
    if (terminal) process.stderr.write(bar(job, startedAt));
    if (job.state === 'done' || job.state === 'failed' || job.state === 'cancelled') {
      if (terminal) process.stderr.write('\r\x1b[K');
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
