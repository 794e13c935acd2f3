/** A worker process for tests of many: takes the jobs of a database until it is killed. Its folder's blobs are the server's. */
import { cloudModule } from '@millwright/cloud/server';
import { assemble } from '@millwright/host';
import { createLogger, loadConfig, systemClock } from '@millwright/kernel';
import { orionModule } from '@millwright/orion/server';

const [databaseUrl, data, jobSilenceSeconds] = process.argv.slice(2) as [string, string, string];
const config = loadConfig({ flags: { data, databaseUrl, jobSilenceSeconds, jobConcurrency: '1' }, environment: {} });
const assembly = await assemble({
  ...{ config, modules: [cloudModule, orionModule], mode: 'worker', version: '0.0.0-test', clock: systemClock },
  logger: createLogger('silent'),
});
await assembly.goLive();
process.stdout.write('takes jobs\n');
