import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, onServer, type TestHost } from '@millwright/testkit';
import {
  createModbusServer,
  createOpcuaServer,
  createPlant,
  modbusException,
  type PlantModbusServer,
  type PlantOpcuaServer,
} from '@millwright/testkit/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, runServer, startServer } from './support/server-process.ts';

const hourMs = 3_600_000;
const plant = createPlant();

describe('devices that go away', () => {
  /** The server's and the plant's clock alike: it stands an hour back, and jumps while the network is down. */
  let behindMs = hourMs;
  const clock = { now: () => new Date(Date.now() - behindMs) };
  let host: TestHost;
  let siteId = '';
  let opcua: PlantOpcuaServer;
  let modbus: PlantModbusServer;

  beforeAll(async () => {
    host = await createTestHost({ modules: [cloudModule], live: true, clock });
    const site = { kind: 'site', parentId: null, name: 'Qingdao', timezone: 'Asia/Shanghai' };
    siteId = (await host.call('POST', '/api/cloud/nodes', { body: site })).body.id;
    opcua = createOpcuaServer(plant, { clock, intervalMs: 200 });
    modbus = createModbusServer(plant, { clock });
    await Promise.all([opcua.start(), modbus.start()]);
  }, 60_000);
  afterAll(async () => {
    await host.cleanup();
    await Promise.all([opcua?.stop(), modbus?.stop()]);
  });

  const create = async (name: string, kind: string, config: object) =>
    (await host.call('POST', '/api/cloud/sources', { body: { siteId, name, kind, config } })).body.id as string;
  const state = async (id: string) => (await host.call('GET', `/api/cloud/sources/${id}`)).body.state;
  const points = async (id: string) =>
    (await host.call('GET', '/api/cloud/points', { query: { sourceId: id } })).body.items as {
      id: string;
      key: string;
    }[];
  const period = () => ({
    from: new Date(clock.now().getTime() - 3 * hourMs).toISOString(),
    to: new Date(clock.now().getTime() + 60_000).toISOString(),
  });
  const readings = async (pointId: string): Promise<{ time: number[]; value: number[] }> =>
    (await host.call('GET', `/api/cloud/points/${pointId}/readings`, { query: period() })).body;

  it('fetch from the history what an OPC UA server measured in an hour without a network, and lose nothing', async () => {
    const keys = ['qingdao/arc-furnace/active-power', 'qingdao/arc-furnace/active-energy'];
    const nodes = keys.map((key) => (plant.point(key).address as { nodeId: string }).nodeId);
    const id = await create('furnace', 'opcua', {
      endpointUrl: opcua.endpointUrl,
      publishingMs: 200,
      samplingMs: 100,
      nodes,
    });
    await eventually(
      'the first values',
      async () => {
        const known = await points(id);
        if (known.length < 2) return false;
        const found = await Promise.all(known.map((point) => readings(point.id)));
        return found.every(({ time }) => time.length > 0);
      },
      40_000,
    );
    await opcua.dropNetwork();
    await eventually('the loss to be seen', async () => (await state(id)).state === 'offline');
    behindMs = 0; // The hour without a network, in a moment.
    await opcua.restoreNetwork();
    const [power, energy] = nodes.map((nodeId) => async () => {
      const point = (await points(id)).find(({ key }) => key === nodeId)!;
      return readings(point.id);
    });
    await eventually(
      'the hour',
      async () => (await power!()).time.length >= 360 && (await energy!()).time.length >= 60,
      30_000,
    );
    for (const [at, read] of [power!, energy!].entries()) {
      const { time, value } = await read();
      const { intervalMs } = plant.point(keys[at]!);
      expect(time.length, 'a reading twice').toBe(new Set(time).size);
      for (let index = 1; index < time.length; index += 1)
        expect(time[index]! - time[index - 1]!, `after ${new Date(time[index - 1]!).toISOString()}`).toBe(intervalMs);
      expect(value).toEqual(time.map((moment) => plant.reading(keys[at]!, moment)!.value));
    }
    const { body } = await host.call('GET', '/api/cloud/delivery', { query: { sourceId: id, ...period() } });
    const total = (name: string) =>
      body.items.reduce((sum: number, hour: Record<string, number>) => sum + hour[name]!, 0);
    expect(total('historical')).toBeGreaterThanOrEqual(400);
    expect(total('rejected')).toBe(0);
    expect((await state(id)).state).toBe('online');
  }, 90_000);

  it('say which registers a Modbus device refuses, keep the others coming, and recover', async () => {
    const unit = modbus.registerMap[0]!;
    const { host: address, port } = modbus;
    const config = { host: address, port, unitId: unit.unitId, pollSeconds: 0.5, registers: unit.registers };
    const id = await create('meter', 'modbus', config);
    await eventually('online', async () => (await state(id)).state === 'online');
    const rejected = async () =>
      (await host.call('GET', '/api/cloud/rejections', { query: { sourceId: id } })).body.items;
    expect(await rejected()).toEqual([]);

    modbus.setException(modbusException.illegalDataAddress, {
      unitId: unit.unitId,
      address: unit.registers[0]!.address,
    });
    const degraded = await eventually('degraded', async () => {
      const now = await state(id);
      return now.state === 'degraded' && now;
    });
    expect(degraded.message).toContain(unit.registers[0]!.key);
    const others = (await points(id)).filter(({ key }) => key !== unit.registers[0]!.key);
    const newest = async () => (await readings(others[0]!.id)).time.at(-1)!;
    const before = await newest();
    await eventually('the other registers to go on', async () => (await newest()) > before);

    modbus.setException(modbusException.deviceFailure, { unitId: unit.unitId });
    const kept = await eventually('both refusals written down', async () => {
      const items = await rejected();
      return items.length >= 2 && items;
    });
    expect(new Set(kept.map(({ code }: { code: string }) => code))).toEqual(new Set(['device-exception']));
    modbus.clearExceptions();
    await eventually('online again', async () => (await state(id)).state === 'online');
    const after = await newest();
    await eventually('new readings', async () => (await newest()) > after);
  }, 60_000);
});

describe('a second server on one data folder', () => {
  const data = mkdtempSync(join(tmpdir(), 'millwright-two-'));
  afterAll(() => rmSync(data, { recursive: true, force: true, maxRetries: 3 }));

  it.skipIf(onServer)(
    'is turned away by name of the first, which goes on undisturbed',
    async () => {
      const first = await startServer({ data });
      try {
        const second = runServer({ data });
        expect(await second.exited).toBe(1);
        expect(second.output()).toContain('DATA_FOLDER_IN_USE');
        expect(second.output()).toContain(`process ${first.child.pid}`);
        expect((await first.call('GET', '/api/cloud/tree')).status).toBe(200);
      } finally {
        expect(await first.stop()).toBe(0);
      }
    },
    60_000,
  );
});
