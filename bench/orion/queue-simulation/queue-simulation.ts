import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Database, migrate, openDatabase } from '@millwright/db';
import { migrationSets } from '@millwright/host';
import { Jobs } from '@millwright/jobs';
import { createLogger, Events, operatorActor, systemClock } from '@millwright/kernel';
import type { Benchmark, Figure } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';
import { ownDatabase } from '../distributed/own-database.ts';
import { trivialJob } from './trivial-job.ts';

/** Workers that share a process: a hundred processes would measure the memory of this machine. */
const perProcess = 25;

export const queueSimulation: Benchmark = {
  name: 'orion/queue-simulation',
  summary: 'the job queue with 100 workers: claims of trivial jobs a second, and what idle workers ask of the database',
  duration: 'about 2 minutes',
  positional: 'database',
  options: [
    {
      name: 'database',
      default: '',
      summary: 'PostgreSQL server whose user may create databases, 250 connections or more',
    },
    { name: 'workers', default: '100', summary: 'at once' },
    { name: 'jobs', default: '1000', summary: 'trivial ones' },
    { name: 'work', default: '2000', summary: 'milliseconds of a trial, of the share that is work' },
  ],
  async run(context) {
    const url = await ownDatabase(context);
    const db = await openDatabase({ url, poolSize: 4 });
    context.onEnd(() => db.close());
    await migrate(db, migrationSets([]));
    const events = new Events(() => undefined);
    const jobs = new Jobs({ db, clock: systemClock, events, logger: createLogger('error'), concurrency: 0 });
    context.onEnd(() => jobs.stop());
    jobs.define(trivialJob);
    await jobs.startWorkers();
    const workers = context.number('workers');
    for (let started = 0; started < workers; started += perProcess) {
      context.note(`${started} workers`);
      const entry = fileURLToPath(new URL('./queue-workers.ts', import.meta.url));
      const count = String(Math.min(perProcess, workers - started));
      const child = spawn(process.execPath, [entry, url, count], { stdio: ['ignore', 'pipe', 'inherit'] });
      context.onEnd(() => void child.kill('SIGKILL'));
      await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
    }
    await delay(3_000);
    context.note('idle');
    const idle = await perSecond(db, () => delay(10_000));
    const few = context.number('jobs');
    context.note('trivial jobs');
    const busy = await perSecond(db, () => done(db, jobs, few, 0));
    context.note('jobs that work');
    const ms = context.number('work');
    const real = await perSecond(db, () => done(db, jobs, 4 * workers, ms));
    const work = (4 * workers * ms) / 1_000 / workers;
    const figures: Figure[] = [
      { name: `transactions a second of ${workers} idle workers`, value: round(idle.transactions), unit: '/s' },
      { name: 'trivial jobs claimed and ended', value: round(few / busy.seconds, 1), unit: '/s' },
      { name: 'transactions for each', value: round((busy.transactions * busy.seconds) / few, 1) },
      {
        name: `share of the workers' time that is work, trials of ${ms / 1_000} s`,
        value: round(work / real.seconds, 2),
      },
    ];
    return {
      protocol: [
        `${workers} workers of packages/jobs, one job at a time and a connection pool each, ${perProcess} to a process; the job table and pg-boss on ${db.capabilities.version}.`,
        `${few} jobs that do nothing, then ${4 * workers} that wait for ${ms} ms; from the first enqueued to the last ended.`,
        'All on one machine: database, enqueueing and workers share its cores.',
      ],
      figures,
      compared: [],
    };
  },
};

/** Enqueues and waits until all are done. */
async function done(db: Database, jobs: Jobs, count: number, ms: number): Promise<void> {
  await db.query('delete from job');
  await db.transaction(async () => {
    for (let index = 0; index < count; index += 1) await jobs.enqueue(operatorActor, trivialJob.type, { ms });
  });
  for (;;) {
    const { rows } = await db.query<{ left: string }>(`select count(*) as left from job where state <> 'done'`);
    if (Number(rows[0]!.left) === 0) return;
    await delay(100);
  }
}

async function perSecond(
  db: Database,
  work: () => Promise<unknown>,
): Promise<{ seconds: number; transactions: number }> {
  const committed = async () =>
    Number(
      (
        await db.query<{ n: string }>(
          'select xact_commit as n from pg_stat_database where datname = current_database()',
        )
      ).rows[0]!.n,
    );
  const before = await committed();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1_000;
  // The server writes its counts within a second.
  await delay(1_500);
  return { seconds, transactions: ((await committed()) - before) / seconds };
}
