import { expect, it } from 'vitest';
import { startTestBroker } from './broker-for-test.ts';
import { createPlant } from './plant.ts';
import { startPlant } from './start-plant.ts';

const plant = createPlant({ commissionedAt: Date.now() - 10 * 86_400_000 });

it('starts everything that is named, says where it is, and stops it', async () => {
  const broker = await startTestBroker();
  const running = await startPlant({ plant, opcua: {}, modbus: {}, mqtt: { url: broker.url, json: true } });
  try {
    const { endpoints } = running;
    expect(endpoints.opcua?.endpointUrl).toMatch(/^opc\.tcp:\/\/127\.0\.0\.1:[1-9]/);
    expect(endpoints.modbus?.port).toBeGreaterThan(0);
    expect(endpoints.sparkplug?.edgeNodeIds).toEqual(['qingdao', 'suzhou', 'hamburg']);
    await broker.received('/NBIRTH/', 3);
  } finally {
    await running.stop();
    await broker.close();
  }
  expect(() => running.modbus!.port).toThrow(/not running/);
});

it('stops what it had started when a publisher cannot start', async () => {
  const first = await startPlant({ plant, modbus: {} });
  const port = first.modbus!.port;
  await expect(startPlant({ plant, modbus: {}, mqtt: { url: 'mqtt://127.0.0.1:1' } })).rejects.toThrow(/ECONNREFUSED/);
  // The port belongs to the first plant, so neither of these can start.
  await expect(startPlant({ plant, modbus: {}, opcua: { port } })).rejects.toThrow(/EADDRINUSE/);
  await expect(startPlant({ plant, modbus: { port } })).rejects.toThrow(/EADDRINUSE/);
  await first.stop();
  const again = await startPlant({ plant, modbus: { port } });
  await again.stop();
});
