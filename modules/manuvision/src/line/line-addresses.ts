import type { HandshakeSettings } from './handshake-settings.ts';
import type { LineAddresses } from './line-schemas.ts';
import type { ModbusServer } from './modbus/modbus-server.ts';
import { type StationOpcuaServer, stationsNamespace } from './opcua/opcua-server.ts';
import type { PlcWriters } from './opcua/plc-writers.ts';

/** In which this machine speaks to the line. */
export interface LineWays {
  readonly modbus: ModbusServer;
  readonly opcua: StationOpcuaServer;
  readonly plcs: PlcWriters;
}

/** Where the line finds a station of this machine. */
export function addressesOf(
  id: string,
  settings: HandshakeSettings | null,
  { modbus: { address }, opcua: { url }, plcs }: LineWays,
): LineAddresses {
  const unit = settings?.modbusUnit ?? null;
  return {
    opcua: url && settings?.opcua ? { url, namespace: stationsNamespace, node: `s=${id}` } : null,
    modbus: address && unit !== null ? { ...address, unit } : null,
    plc: settings?.plc ? { url: settings.plc.url, problem: plcs.problem(settings, id) ?? null } : null,
  };
}
