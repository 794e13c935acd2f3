import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@millwright/bus';
import { type Clock, createLogger, systemClock } from '@millwright/kernel';
import type { ConnectedPoint, Connector, ConnectorSink, OpenConnector } from '../connector.ts';
import { FakeBus } from './fake-bus.ts';

/** Opens a connector as the server does: the configuration goes through its schema, the folder is its own. */
export async function openForTest<Config>(
  connector: Connector<Config>,
  options: {
    config: unknown;
    sink: ConnectorSink;
    bus?: Bus;
    points?: readonly ConnectedPoint[];
    folder?: string;
    clock?: Clock;
  },
): Promise<OpenConnector> {
  return connector.open({
    sourceId: '019a0000-0000-7000-8000-000000000001',
    config: connector.configSchema.parse(options.config),
    points: options.points ?? [],
    sink: options.sink,
    bus: options.bus ?? new FakeBus(),
    folder: options.folder ?? (await mkdtemp(join(tmpdir(), 'millwright-connector-'))),
    clock: options.clock ?? systemClock,
    logger: createLogger('silent'),
  });
}

/** Waits until the check holds; says what was waited for when it does not. */
export async function eventually(
  what: string,
  check: () => boolean,
  timeoutMs = 8_000,
  explain?: () => unknown,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!check()) {
    if (Date.now() > end)
      throw new Error(`not within ${timeoutMs} ms: ${what} ${explain ? JSON.stringify(explain()) : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
