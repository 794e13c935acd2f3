/**
 * A server that raises alerts, each in a transaction, half of which are taken back. Flags are those of the server. Says on
 * stdout what it does: `kept ID` after the commit, `taken-back ID` after the rollback.
 */
import { cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { openMillwright } from '../../src/open.ts';
import { readConfig } from '../../src/settings.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

const { assembly } = await openMillwright(readConfig(process.argv.slice(2)), 'live', () => process.exit(1));
const { host } = assembly;
await assembly.goLive();
const { alerts } = host.use(cloudModule);
say('Ready.');

class TakenBack extends Error {}

for (let count = 0; ; count += 1) {
  const id = newId();
  const isKept = count % 2 === 0;
  const subject = `rule-${count % 5}`;
  const raised = host.db.transaction(async () => {
    await alerts.raise({
      ...{ id, subject, module: 'matrixvision', kind: 'line-crossed', severity: 'alarm', title: id },
      at: host.clock.now().getTime(),
    });
    if (!isKept) throw new TakenBack();
  });
  await raised.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  say(`${isKept ? 'kept' : 'taken-back'} ${id}`);
  await pause();
}
