import type { Database } from '@millwright/db';
import type { Logger } from '@millwright/kernel';

/** Carries job ids from whoever queues to whoever works. */
export interface JobQueue {
  send(jobId: string, delaySeconds?: number): Promise<void>;
  /** Takes no more, and leaves what is being worked on alone. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

const name = 'millwright';
/** Two at once on one machine: one long job must not hold up a short one, and there are two cores. */
const workers = 2;

/** pg-boss on our own connections: the same code on the embedded database and on a server. */
export async function openQueue(
  db: Database,
  logger: Logger,
  take: (jobId: string) => Promise<void>,
): Promise<JobQueue> {
  // Imported here: a one-off command never needs it, and it is not small.
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    backend: db.kind === 'pglite' ? 'pglite' : 'postgres',
    db: {
      async executeSql(text, values) {
        if (values?.length) return db.query(text, values);
        return { rows: await db.execute(text) };
      },
    },
    schedule: false,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on('error', (error) => logger.error({ err: error }, 'job queue'));
  await boss.start();
  await boss.createQueue(name);
  const ids: string[] = [];
  for (let index = 0; index < workers; index += 1) {
    const id = await boss.work<{ jobId: string }>(name, { pollingIntervalSeconds: 5, batchSize: 1 }, async ([job]) => {
      if (job) await take(job.data.jobId);
      // Without this the next job would wait for the next poll, seconds away, however many are queued.
      for (const worker of ids) boss.notifyWorker(worker);
    });
    ids.push(id);
  }
  return {
    async send(jobId, delaySeconds = 0) {
      // The job table decides about retries and ends; the queue entry only has to outlive the longest work.
      await boss.send(name, { jobId }, { retryLimit: 0, expireInSeconds: 23 * 3600, startAfter: delaySeconds });
      if (delaySeconds === 0) for (const id of ids) boss.notifyWorker(id);
    },
    async pause() {
      await boss.offWork(name, { wait: false });
    },
    async close() {
      await boss.stop({ graceful: false, close: false });
    },
  };
}
