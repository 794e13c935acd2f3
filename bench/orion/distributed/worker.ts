/** A worker process of the benchmark: one trial at a time, files in the server's folder. */
import { cloudModule } from '@millwright/cloud/server';
import { assemble } from '@millwright/host';
import { createLogger, loadConfig, systemClock } from '@millwright/kernel';
import { orionModule } from '@millwright/orion/server';

const [databaseUrl, data] = process.argv.slice(2) as [string, string];
const assembly = await assemble({
  config: loadConfig({ flags: { data, databaseUrl, jobConcurrency: '1' }, environment: {} }),
  ...{ modules: [cloudModule, orionModule], mode: 'worker', version: 'bench', clock: systemClock },
  logger: createLogger('error'),
});
await assembly.goLive();
process.stdout.write('takes jobs\n');
