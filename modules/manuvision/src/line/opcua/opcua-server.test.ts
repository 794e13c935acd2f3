import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@millwright/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHandshake } from '../handshake.ts';
import { handshakeSettings } from '../handshake-settings.ts';
import { addressesOf } from '../line-addresses.ts';
import { ModbusServer } from '../modbus/modbus-server.ts';
import { signalsOf } from '../signals.ts';
import type { StationTalk } from '../station-talk.ts';
import { OpcuaPlc } from '../test/opcua-plc.ts';
import { StationOpcuaServer } from './opcua-server.ts';
import { PlcWriters } from './plc-writers.ts';

const logger = createLogger('silent');
const settings = handshakeSettings.parse({ opcua: true });
const talk = {
  ...{ station: { id: 'one', name: 'Line 1' }, settings },
  shown: { ...signalsOf(startHandshake(0), settings), heartbeat: 7, trigger: false, acknowledge: false, since: '' },
} as StationTalk;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-opcua-server-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function served(security: 'required' | 'optional') {
  const server = { host: '127.0.0.1', port: 0, folder: join(folder, security), logger };
  const opcua = new StationOpcuaServer({ ...server, security });
  expect(opcua.problem(settings)).toBeUndefined();
  await opcua.serve([talk]);
  expect(opcua.problem(settings)).toBeNull();
  const plcs = new PlcWriters({ folder, logger });
  const modbus = new ModbusServer({ host: '127.0.0.1', port: null, logger });
  return { opcua, address: addressesOf('one', settings, { opcua, plcs, modbus }).opcua! };
}

it('lets in who comes without security where that is asked for, beside those who come with it', async () => {
  const { opcua, address } = await served('optional');
  try {
    const plc = await OpcuaPlc.connect(address, join(folder, 'plc'), 'None');
    expect(await plc.read()).toMatchObject({ State: 'Preoperational', Pass: false, Heartbeat: 7 });
    await plc.close();
    // A certificate that nobody trusted gets no further by this.
    await expect(OpcuaPlc.connect(address, join(folder, 'plc'))).rejects.toThrow();
  } finally {
    await opcua.close();
  }
}, 30_000);

it('lets nobody in without security otherwise', async () => {
  const { opcua, address } = await served('required');
  try {
    await expect(OpcuaPlc.connect(address, join(folder, 'plc'), 'None')).rejects.toThrow();
  } finally {
    await opcua.close();
  }
}, 30_000);
