import { lockFolder } from '@millwright/db';
import { type Assembly, assemble } from '@millwright/host';
import { type Config, createLogger, systemClock } from '@millwright/kernel';
import { modules } from './modules.ts';
import { version } from './version.ts';

export interface Opened {
  readonly assembly: Assembly;
  /** Stops everything and gives the data folder back. */
  close(): Promise<void>;
  publish(url: string): void;
  /** Something that uses what is open here, and is stopped while that still works. */
  beforeClose(stop: () => Promise<void>): void;
  /** Something that others here depend on, and that is stopped after them. */
  afterClose(stop: () => Promise<void>): void;
}

/** Takes the data folder and assembles the product on it. Throws DATA_FOLDER_IN_USE while another process holds it. */
export async function openMillwright(
  config: Config,
  mode: 'live' | 'once',
  onDatabaseLost?: () => void,
): Promise<Opened> {
  const lock = lockFolder(config.data);
  try {
    const assembly = await assemble({
      ...{ config, modules, mode, version, onDatabaseLost },
      logger: createLogger(mode === 'once' ? 'error' : config.logLevel),
      clock: systemClock,
    });
    const first: (() => Promise<void>)[] = [];
    const last: (() => Promise<void>)[] = [];
    return {
      assembly,
      beforeClose: (stop) => first.push(stop),
      afterClose: (stop) => last.push(stop),
      publish: (url) => lock.publish(url, assembly.operatorToken),
      async close() {
        for (const stop of first) await stop();
        await assembly.stop();
        for (const stop of last) await stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
