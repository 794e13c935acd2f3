import { fixedClock } from '@millwright/kernel';
import modbus from 'modbus-serial';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ModbusRegister, registerCount } from '../modbus-register-map.ts';
import { createPlant } from '../plant.ts';
import { createModbusServer, modbusException } from './modbus-server.ts';

const now = Date.UTC(2026, 4, 5, 10);
const plant = createPlant({
  seed: 1,
  commissionedAt: Date.UTC(2026, 3, 1),
  faults: [{ kind: 'gap', asset: 'hamburg/water-meter', from: now - 60_000, to: now + 60_000 }],
});
const server = createModbusServer(plant, { clock: fixedClock(new Date(now)), intervalMs: 0 });
const client = new modbus.default();

beforeAll(async () => {
  await server.start();
  await client.connectTCP(server.host, { port: server.port });
});

afterEach(() => server.clearExceptions());

afterAll(async () => {
  await new Promise<void>((resolve) => client.close(() => resolve()));
  await server.stop();
});

async function read(unitId: number, area: 'holding' | 'input', address: number, length: number): Promise<number[]> {
  client.setID(unitId);
  const answer =
    area === 'holding'
      ? await client.readHoldingRegisters(address, length)
      : await client.readInputRegisters(address, length);
  return answer.data;
}

/** Decodes as the register map says, by other means than the encoder. */
function decode(words: number[], register: ModbusRegister): number {
  const [high, low] = register.wordOrder === 'big' ? words : words.toReversed();
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(high, 0);
  if (words.length === 2) bytes.writeUInt16BE(low, 2);
  const raw = {
    uint16: () => bytes.readUInt16BE(),
    int16: () => bytes.readInt16BE(),
    int32: () => bytes.readInt32BE(),
    uint32: () => bytes.readUInt32BE(),
    float32: () => bytes.readFloatBE(),
  }[register.type]();
  return raw * register.scale + register.offset;
}

const unitOf = (asset: string) => server.registerMap.find((unit) => unit.asset === asset)!;

it('answers for every register with the value of the plant, to the register’s resolution', async () => {
  for (const { unitId, registers, asset } of server.registerMap) {
    if (asset === 'hamburg/water-meter') continue;
    for (const register of registers) {
      const words = await read(unitId, register.function, register.address, registerCount(register.type));
      const value = plant.value(register.key, now);
      const tolerance = register.type === 'float32' ? Math.abs(value) * 1e-6 : register.scale;
      expect(Math.abs(decode(words, register) - value), register.key).toBeLessThanOrEqual(tolerance);
    }
  }
});

it('answers a whole block at once', async () => {
  const { unitId, registers } = unitOf('suzhou/transformer-1');
  const gauges = registers.filter(({ kind }) => kind === 'gauge').sort((a, b) => a.address - b.address);
  const last = gauges.at(-1)!;
  const words = await read(unitId, 'input', 0, last.address + registerCount(last.type));
  for (const register of gauges) {
    const own = words.slice(register.address, register.address + registerCount(register.type));
    expect(Math.abs(decode(own, register) - plant.value(register.key, now))).toBeLessThanOrEqual(register.scale);
  }
});

describe('exceptions', () => {
  const fails = (code: number) => expect.objectContaining({ modbusCode: code });
  const first = server.registerMap[0];
  const register = first.registers.find(({ address }) => address === 100)!;

  it('answers illegal address in the hole, at the wrong function and beyond the map', async () => {
    const { unitId, registers } = first;
    const gaugeEnd = Math.max(...registers.filter(({ kind }) => kind === 'gauge').map(({ address }) => address)) + 2;
    await expect(read(unitId, 'holding', gaugeEnd, 1)).rejects.toEqual(fails(modbusException.illegalDataAddress));
    await expect(read(unitId, 'input', 100, 2)).rejects.toEqual(fails(modbusException.illegalDataAddress));
    await expect(read(unitId, 'holding', 9000, 1)).rejects.toEqual(fails(modbusException.illegalDataAddress));
  });

  it('answers "gateway target failed to respond" for unknown units and for meters in a gap', async () => {
    const silent = unitOf('hamburg/water-meter');
    const [own] = silent.registers;
    const code = modbusException.gatewayTargetFailedToRespond;
    await expect(read(99, 'holding', 0, 1)).rejects.toEqual(fails(code));
    await expect(read(silent.unitId, own.function, own.address, 2)).rejects.toEqual(fails(code));
  });

  it('answers what a test asks for, for a unit or for an address, until told to stop', async () => {
    server.setException(modbusException.deviceBusy, { unitId: first.unitId });
    await expect(read(first.unitId, 'holding', register.address, 2)).rejects.toEqual(fails(modbusException.deviceBusy));
    server.clearExceptions();
    server.setException(modbusException.deviceFailure, { unitId: first.unitId, address: 102 });
    await expect(read(first.unitId, 'holding', 102, 2)).rejects.toEqual(fails(modbusException.deviceFailure));
    await expect(read(first.unitId, 'holding', 100, 2)).resolves.toHaveLength(2);
  });
});

it('stops listening when it is stopped, and starts again', async () => {
  const other = createModbusServer(plant, { clock: fixedClock(new Date(now)), intervalMs: 0 });
  await other.start();
  const { port } = other;
  await other.stop();
  await expect(new modbus.default().connectTCP('127.0.0.1', { port })).rejects.toThrow();
  await other.start();
  await other.stop();
});

it('says so when its port is taken', async () => {
  const other = createModbusServer(plant, { port: server.port, intervalMs: 0, clock: fixedClock(new Date(now)) });
  await expect(other.start()).rejects.toThrow(/EADDRINUSE/);
});
