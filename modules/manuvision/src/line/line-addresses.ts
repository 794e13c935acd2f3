import type { HandshakeSettings } from './handshake-settings.ts';
import type { LineAddresses } from './line-schemas.ts';
import type { ModbusServer } from './modbus/modbus-server.ts';
import { type StationOpcuaServer, stationsNamespace } from './opcua/opcua-server.ts';

/** Where the line finds a station of this machine. */
export function addressesOf(
  id: string,
  settings: HandshakeSettings | null,
  { modbus: { address }, opcua: { url } }: { readonly modbus: ModbusServer; readonly opcua: StationOpcuaServer },
): LineAddresses {
  const unit = settings?.modbusUnit ?? null;
  return {
    opcua: url && settings?.opcua ? { url, namespace: stationsNamespace, node: `s=${id}` } : null,
    modbus: address && unit !== null ? { ...address, unit } : null,
  };
}
