/** `npm start`: opens the data folder, brings everything up, listens, and stops cleanly on Ctrl-C. */
import { collectGarbage } from '@millwright/db';
import { hostErrors, isPortTaken } from '@millwright/host';
import { type Config, isMillwrightError, operatorActor } from '@millwright/kernel';
import { serveConsole } from './console-files.ts';
import { type Opened, openMillwright } from './open.ts';
import { SamplePlant } from './sample/sample-plant.ts';
import { readConfig } from './settings.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function listen(opened: Opened, config: Config): Promise<string> {
  try {
    await opened.assembly.app.listen({ port: config.port, host: config.host });
  } catch (error) {
    if (isPortTaken(error))
      throw hostErrors.PORT_TAKEN({ what: 'the console', port: config.port, setting: 'port' }, error);
    throw error;
  }
  const address = opened.assembly.app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
  return `http://${host}:${port}`;
}

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2));
  const opened = await openMillwright(config, 'live', () => stop('Another server has taken the database'));
  let stopping: Promise<void> | undefined;
  const stop = (signal: string) => {
    if (stopping) process.exit(130); // Asked twice: leave now; nothing acknowledged is lost by it.
    say(`\n${signal}: stopping …`);
    stopping = opened.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
  try {
    const { host, app } = opened.assembly;
    await serveConsole(app);
    const first = await host.access.ensureAdministrator(operatorActor);
    const url = await listen(opened, config);
    opened.publish(url.replace('//localhost', '//127.0.0.1'));
    say(`Millwright  ${url}`);
    say(`MQTT        ${host.bus.url}`);
    say(`Data        ${host.folder}`);
    if (first)
      say(
        `\nSign in as  ${first.name}\nPassword    ${first.password}   (one time: you choose your own at the first sign-in)\n`,
      );
    const sample = new SamplePlant(host);
    await opened.assembly.goLive();
    collectGarbage();
    say('Ready. Ctrl-C stops.');
    if (await sample.wanted()) {
      opened.beforeClose(() => sample.leave());
      opened.afterClose(() => sample.stop());
      await sample.start();
      say('The sample plant runs; `npm start -- --empty` on another data folder starts without it.');
    }
  } catch (error) {
    await opened.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  if (isMillwrightError(error)) process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
