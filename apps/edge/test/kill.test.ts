import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TcpProxy } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startToyAgent, startToyServer, type ToyAgent, type ToyServer } from './support/processes.ts';

const rounds = 20;

interface StoredEvent {
  sequence: number;
  number: number;
  blobs: { sha256: string; bytes: number }[];
  dropped: unknown;
}

describe(`a box killed ${rounds} times while it sends`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-edge-'));
  let server: ToyServer;
  let proxy: TcpProxy;
  let brokerProxy: TcpProxy;
  let agent: ToyAgent | undefined;
  beforeAll(async () => {
    server = await startToyServer(join(folder, 'server'));
    proxy = new TcpProxy(server.port);
    brokerProxy = new TcpProxy(server.mqttPort);
    await proxy.start();
    await brokerProxy.start();
  }, 120_000);
  afterAll(async () => {
    await agent?.kill();
    await proxy?.stop();
    await brokerProxy?.stop();
    await server?.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const data = join(folder, 'box');
  const promises = join(data, 'parts', 'toy', 'own', 'promised');
  const promised = () => {
    const text = readFileSync(promises, 'utf8');
    // The last line may have been cut by the kill; what it began with was promised no less, but cannot be read.
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
      .map(Number);
  };
  const events = async (): Promise<StoredEvent[]> => (await server.call('GET', '/api/toy/events')).items;

  it('loses nothing that was promised, doubles nothing, keeps the order, and its clips are whole', async () => {
    const site = { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' };
    const { id: siteId } = await server.call('POST', '/api/cloud/nodes', site);
    await server.call('PUT', '/api/toy/want', { document: { rate: 60, fileEvery: 10 } });
    const { code } = await server.call('POST', '/api/cloud/edge/boxes', { siteId, name: 'gate' });
    const options = {
      ...{ server: `http://127.0.0.1:${proxy.port}`, code, data, logLevel: 'silent' as const },
      timing: { reportMs: 500, retryFirstMs: 20, retryMostMs: 500, pollSeconds: 5 },
    };
    for (let round = 1; round <= rounds; round += 1) {
      // By way of the broker every other time.
      const mqtt = round % 2 === 0 ? `mqtt://127.0.0.1:${brokerProxy.port}` : 'off';
      agent = startToyAgent({ ...options, mqtt });
      await agent.ready;
      const before = round === 1 ? 0 : promised().length;
      await eventually('some to be promised', async () => existsSync(promises) && promised().length > before + 10);
      // In some rounds the link is cut, or goes silent with every socket open, before the box dies.
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      await pause(Math.random() * 300);
      if (round % 4 === 1) proxy.cut();
      if (round % 4 === 2) for (const one of [proxy, brokerProxy]) one.freeze();
      await pause(Math.random() * 300);
      await agent.kill();
      for (const one of [proxy, brokerProxy]) one.thaw();
      // Once the server dies, too.
      if (round === 10) {
        await server.kill();
        server = await startToyServer(join(folder, 'server'), server);
      }
    }
    await server.call('PUT', '/api/toy/want', { document: {} });
    agent = startToyAgent({ ...options, mqtt: 'off' });
    await agent.ready;
    const wanted = promised();
    expect(wanted.length).toBeGreaterThan(rounds * 10);
    await eventually(
      'everything promised to arrive',
      async () => {
        const there = new Set((await events()).map(({ number }) => number));
        return wanted.every((number) => there.has(number));
      },
      120_000,
    );
    await agent.stop();
    const stored = await events();
    const numbers = stored.map(({ number }) => number);
    expect(new Set(numbers).size, 'none is there twice').toBe(numbers.length);
    expect(numbers, 'in order').toEqual([...numbers].sort((one, other) => one - other));
    expect(stored.map(({ sequence }) => Number(sequence))).toEqual(stored.map((_, at) => at + 1));
    expect(stored.every(({ dropped }) => dropped === null)).toBe(true);
    const clips = stored.filter(({ number }) => number % 10 === 0).map(({ blobs }) => blobs[0]!);
    expect(clips.length).toBeGreaterThan(5);
    for (const { sha256, bytes } of clips)
      expect((await server.call('GET', `/api/toy/blobs/${sha256}`)).size).toBe(bytes);
  }, 600_000);
});
