/** Door 2 of orion: the module itself and its services, for the server and for modules that may use them. */
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';

/** What other modules may use of orion. */
export type OrionServices = Record<string, never>;

export const orionModule: Module<OrionServices> = {
  name: 'orion',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(_host: Host) {
    return { services: {} };
  },
};
