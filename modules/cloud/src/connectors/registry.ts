import type { Connector } from './connector.ts';
import { connectorErrors } from './errors.ts';
import { modbusConnector } from './modbus/modbus-connector.ts';
import { mqttJsonConnector } from './mqtt-json/mqtt-json-connector.ts';
import { opcuaConnector } from './opcua/opcua-connector.ts';
import { restPushConnector } from './rest-push/rest-push-connector.ts';
import { sparkplugConnector } from './sparkplug/sparkplug-connector.ts';

/** Every kind of live source. */
export const connectors: readonly Connector[] = [
  modbusConnector,
  mqttJsonConnector,
  opcuaConnector,
  restPushConnector,
  sparkplugConnector,
] as Connector[];

/** Throws CONNECTOR_UNKNOWN, which lists the kinds that there are. */
export function connectorFor(kind: string): Connector {
  const connector = connectors.find((one) => one.kind === kind);
  if (!connector) throw connectorErrors.CONNECTOR_UNKNOWN({ kind, known: connectors.map((one) => one.kind) });
  return connector;
}
