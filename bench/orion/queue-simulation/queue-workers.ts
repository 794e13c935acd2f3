/** Some workers in one process: each with its own connection, as worker processes have, taking trivial jobs. */
import { openDatabase } from '@millwright/db';
import { Jobs } from '@millwright/jobs';
import { createLogger, Events, systemClock } from '@millwright/kernel';
import { trivialJob } from './trivial-job.ts';

const [url, count] = process.argv.slice(2) as [string, string];
for (let worker = 0; worker < Number(count); worker += 1) {
  const db = await openDatabase({ url, poolSize: 2 });
  const events = new Events(() => undefined);
  const jobs = new Jobs({
    db,
    clock: systemClock,
    events,
    logger: createLogger('error'),
    place: 'worker',
    concurrency: 1,
  });
  jobs.define(trivialJob);
  await jobs.startWorkers();
}
process.stdout.write('take jobs\n');
