import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, type Host, type Module, systemClock } from '@millwright/kernel';
import { collectLogs, createTestDatabase, createTestHost, type TestDatabase, testConfig } from '@millwright/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assemble } from './index.ts';

let database: TestDatabase;
let folder: string;
let happened: string[];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.cleanup());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-assemble-'));
  happened = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A module that writes down what becomes of it. */
function toy(name: string, needs: string[] = [], start?: (host: Host) => void): Module<{ name: string }> {
  return {
    name,
    needs,
    async start(host) {
      happened.push(`start ${name}`);
      start?.(host);
      return {
        services: { name },
        goLive: async () => void happened.push(`live ${name}`),
        stop: async () => void happened.push(`stop ${name}`),
      };
    },
  };
}

const build = (modules: readonly Module[], config: Partial<Config> = {}, mode: 'live' | 'once' = 'once') =>
  assemble({
    ...{ modules, mode, config: testConfig(folder, config) },
    ...{ logger: collectLogs().logger, clock: systemClock, version: '0.0.0-test', database: database.db },
  });

describe('the assembly', () => {
  it('starts modules in order, brings them to life in order, and stops them backwards', async () => {
    const assembly = await build([toy('cloud'), toy('energy', ['cloud']), toy('esg', ['energy'])], {}, 'live');
    await assembly.goLive();
    await assembly.stop();
    expect(happened).toEqual([
      ...['start cloud', 'start energy', 'start esg'],
      ...['live cloud', 'live energy', 'live esg'],
      ...['stop esg', 'stop energy', 'stop cloud'],
    ]);
    await assembly.stop();
    expect(happened).toHaveLength(9);
  });

  it('hands a module the services of one that was started before it', async () => {
    const cloud = toy('cloud');
    let name = '';
    const energy = toy('energy', ['cloud'], (host) => {
      name = host.use(cloud).name;
    });
    await (await build([cloud, energy])).stop();
    expect(name).toBe('cloud');
  });

  it('refuses a module whose needs are not started before it, and stops what was', async () => {
    await expect(build([toy('cloud'), toy('esg', ['energy']), toy('energy')])).rejects.toMatchObject({
      code: 'MODULE_MISSING',
      message:
        'The module esg needs energy, which is not started before it. List it earlier in apps/server/src/modules.ts.',
    });
    expect(happened).toEqual(['start cloud', 'stop cloud']);
  });

  it('stops what was started when a module fails to start', async () => {
    const failing = toy('energy', [], () => {
      throw new Error('no tariff');
    });
    await expect(build([toy('cloud'), failing])).rejects.toThrow('no tariff');
    expect(happened).toEqual(['start cloud', 'start energy', 'stop cloud']);
  });

  it('stops the others when one fails to stop, and logs the failure', async () => {
    const failing: Module = {
      ...{ name: 'energy', needs: [] },
      start: async () => ({ services: {}, stop: () => Promise.reject(new Error('stuck')) }),
    };
    const { logs, logger } = collectLogs();
    const config = testConfig(folder);
    const parts = { config, logger, mode: 'once', clock: systemClock, version: '0', database: database.db } as const;
    await (await assemble({ ...parts, modules: [toy('cloud'), failing] })).stop();
    expect(happened).toEqual(['start cloud', 'stop cloud']);
    expect(logs).toContainEqual(expect.objectContaining({ msg: 'while stopping' }));
  });

  it('answers nobody any more by the time a module stops', async () => {
    let answers: number | string = 'not asked';
    const module: Module = {
      ...{ name: 'cloud', needs: [] },
      start: async (host) => ({
        services: {},
        stop: async () => {
          answers = await host.http.inject('/api/health').then(
            ({ statusCode }) => statusCode,
            (error: Error) => error.message,
          );
        },
      }),
    };
    const assembly = await build([module]);
    await assembly.app.ready();
    await assembly.stop();
    expect(answers).not.toBe(200);
  });

  it('says which port is taken, by what it was wanted for, and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    await expect(build([], { mqttPort: port }, 'live')).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `Port ${port} for the MQTT broker is taken by another program. Stop that program, or choose another port with --port, --mqtt-port or the configuration file; 0 takes any free one.`,
    });
    taken.close();
  });

  it('makes the data folder, and keeps it to itself', async () => {
    const config = { data: join(folder, 'deep', 'data') };
    const assembly = await build([], config);
    expect(existsSync(assembly.host.folder)).toBe(true);
    expect(assembly.host.folder).toBe(join(folder, 'deep', 'data'));
    await assembly.stop();
  });

  it('has no message bus in a one-off command, and says so', async () => {
    const assembly = await build([]);
    await expect(assembly.host.bus.publish('a', Buffer.from('b'))).rejects.toMatchObject({ code: 'BUS_NOT_LIVE' });
    await assembly.stop();
  });
});

describe('the routes of the house itself', () => {
  it('tell health to everybody, and the settings without passwords to those who keep it running', async () => {
    const test = await createTestHost({ config: { blobUrl: '' } });
    expect((await test.call('GET', '/api/health', { as: 'nobody' })).body).toEqual({
      status: 'ok',
      version: '0.0.0-test',
    });
    expect((await test.call('GET', '/api/system', { as: 'viewer' })).status).toBe(403);
    const { body } = await test.call('GET', '/api/system', { as: 'engineer' });
    expect(body.version).toBe('0.0.0-test');
    const port = body.settings.find(({ key }: { key: string }) => key === 'port');
    expect(port).toMatchObject({ value: 0, default: 7300, environment: 'MILLWRIGHT_PORT', flag: '--port' });
    await test.cleanup();
  });

  it('verify the ledger and show its head', async () => {
    const test = await createTestHost();
    await test.token('viewer');
    const head = (await test.call('GET', '/api/ledger/head')).body;
    expect(head.sequence).toBe(1);
    const proved = await test.call('POST', '/api/ledger/verify', { as: 'auditor', body: { anchor: head } });
    expect(proved.body).toMatchObject({ status: 'proved', checked: 2, problems: [] });
    const anchor = { sequence: 1, hash: 'f'.repeat(64) };
    const differs = await test.call('POST', '/api/ledger/verify', { body: { anchor } });
    expect(differs.body).toMatchObject({ status: 'differs', problems: [{ sequence: 1, problem: 'anchor mismatch' }] });
    await test.cleanup();
  });
});
