import type { Connector } from '../connector.ts';
import { type OpcuaConfig, opcuaConfig } from './opcua-config.ts';
import type { OpcuaOptions } from './opcua-session.ts';
import { OpcuaWorkerHost } from './worker-host.ts';

export const opcuaWorkerHost = new OpcuaWorkerHost();

export function createOpcuaConnector(options: OpcuaOptions = {}): Connector<OpcuaConfig> {
  return {
    kind: 'opcua',
    configSchema: opcuaConfig,
    async open(context) {
      const session = opcuaWorkerHost.open(context, options);
      let closing: Promise<void> | undefined;
      return {
        browse: async (parentKey) => opcuaWorkerHost.browse(session, parentKey),
        close: () => {
          closing ??= opcuaWorkerHost.close(session);
          return closing;
        },
      };
    },
  };
}

export const opcuaConnector = createOpcuaConnector();
