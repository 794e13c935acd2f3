import type { Database } from '@millwright/db';
import type { Logger } from '@millwright/kernel';
import type { JobPlace } from './job.ts';

/** Carries job ids from whoever queues to whoever works. */
export interface JobQueue {
  /** @param place for whom: what a worker may take, the server may too. */
  send(jobId: string, place: JobPlace, delaySeconds?: number): Promise<void>;
  /** Takes no more, and leaves what is being worked on alone. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

const names: Record<JobPlace, string> = { worker: 'millwright', server: 'millwright-server' };
/** Those of the server's own, which wait more than they work. */
const ownConcurrency = 2;

/** pg-boss on our own connections: the same code on the embedded database and on a server. */
export async function openQueue(
  db: Database,
  logger: Logger,
  place: JobPlace,
  concurrency: number,
  take: (jobId: string) => Promise<void>,
): Promise<JobQueue> {
  // Nobody shares an embedded database, so one queue holds everything.
  const nameFor = (to: JobPlace) => (db.kind === 'pglite' ? names.worker : names[to]);
  const worked = new Set<string>(place === 'server' ? [nameFor('worker'), nameFor('server')] : [names.worker]);
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
  for (const name of new Set([nameFor('worker'), nameFor('server')])) await boss.createQueue(name);
  const ids: string[] = [];
  for (const name of worked) {
    const hands = name === names.worker ? concurrency : ownConcurrency;
    for (let index = 0; index < hands; index += 1) {
      // A worker beside the server is told of nothing; the server wakes its own.
      const polling = { pollingIntervalSeconds: place === 'worker' ? 1 : 5, batchSize: 1 };
      const id = await boss.work<{ jobId: string }>(name, polling, async ([job]) => {
        if (job) await take(job.data.jobId);
        // Without this the next job would wait for the next poll, seconds away, however many are queued.
        for (const worker of ids) boss.notifyWorker(worker);
      });
      ids.push(id);
    }
  }
  return {
    async send(jobId, to, delaySeconds = 0) {
      // The job table decides about retries and ends; the queue entry only has to outlive the longest work.
      await boss.send(nameFor(to), { jobId }, { retryLimit: 0, expireInSeconds: 23 * 3600, startAfter: delaySeconds });
      if (delaySeconds === 0) for (const id of ids) boss.notifyWorker(id);
    },
    async pause() {
      for (const name of worked) await boss.offWork(name, { wait: false });
    },
    async close() {
      await boss.stop({ graceful: false, close: false });
    },
  };
}
