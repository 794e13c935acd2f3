import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, createLogger, type Module, systemClock } from '@millwright/kernel';
import { assemble } from './assemble.ts';
import { hostErrors } from './errors.ts';

export interface WorkerOptions {
  readonly config: Config;
  readonly modules: readonly Module[];
  readonly version: string;
  /** Jobs at once; as the configuration says unless said otherwise. */
  readonly concurrency?: number;
  /** Aborted to finish what runs and leave. */
  readonly leave: AbortSignal;
  /** Aborted to leave at once; what runs goes back to the queue. */
  readonly leaveNow: AbortSignal;
  /** A line for a person. */
  readonly note: (text: string) => void;
}

export interface WorkerResult {
  readonly done: number;
  readonly failed: number;
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Takes jobs of a server on another machine: the same database, the same files, no console, no broker, no connectors. It
 * keeps nothing here. Throws WORKER_NEEDS_SERVER, WORKER_SCHEMA_OLD.
 */
export async function runWorker(options: WorkerOptions): Promise<WorkerResult> {
  const { config, modules, version, leave, leaveNow, note } = options;
  // One that takes nothing would be none.
  const concurrency = Math.max(1, options.concurrency ?? config.jobConcurrency);
  const missing = (['databaseUrl', 'blobUrl'] as const).filter(
    (key) => config[key] === '' || config[key].startsWith('pglite:'),
  );
  if (missing.length > 0) throw hostErrors.WORKER_NEEDS_SERVER({ missing });
  // Not the configured folder, which a server on this machine may hold.
  const folder = await mkdtemp(join(tmpdir(), 'millwright-worker-'));
  try {
    const assembly = await assemble({
      ...{
        config: { ...config, data: folder, jobConcurrency: concurrency },
        modules,
        mode: 'worker',
        version,
        clock: systemClock,
      },
      logger: createLogger(config.logLevel),
    });
    try {
      const ended = { done: 0, failed: 0 };
      assembly.host.events.on('job-change', ({ job }) => {
        if (job.state === 'done') ended.done += 1;
        if (job.state === 'failed') ended.failed += 1;
      });
      await assembly.goLive();
      note('Taking jobs. Ctrl-C finishes what runs and leaves; a second one leaves at once.');
      await Promise.race([untilAborted(leave), untilAborted(leaveNow)]);
      await Promise.race([assembly.host.jobs.drain(), untilAborted(leaveNow)]);
      return ended;
    } finally {
      await assembly.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
