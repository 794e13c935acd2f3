import type { Connector } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { type RestPushConfig, restPushConfig } from './rest-push-body.ts';

/** Nothing to connect to: readings come in by HTTP. Stands in the registry so that the kind has a name and a configuration. */
export const restPushConnector: Connector<RestPushConfig> = {
  kind: 'rest-push',
  configSchema: restPushConfig,
  async open({ sink }) {
    sink.report({ state: 'online', message: connectorNotes['waiting-for-posts']() });
    return { close: async () => undefined };
  },
};
