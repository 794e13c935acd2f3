import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Events } from './events.ts';
import type { Logger } from './logger.ts';

/**
 * What the server hands to a module. The kernel knows only what it owns itself; each package adds its own part by
 * declaration merging (`declare module '@millwright/kernel' { interface Host { db: Database } }`), so the contract
 * stays in the lowest ring without importing the rings' other packages.
 */
export interface Host {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: Events;
  /** The services of a module that was started before this one. Only for modules named in `needs`. */
  use<S>(module: Module<S>): S;
}

/** One system of the product; `src/server.ts` of each module exports exactly one. */
export interface Module<Services = unknown> {
  readonly name: string;
  /** Modules that must be started first; the arrows allowed by DESIGN 2. */
  readonly needs: readonly string[];
  /** Folder of forward migrations, `NNNN_what.sql`, applied in order before `start`. */
  readonly migrations?: URL;
  /**
   * Builds the services, registers routes, job handlers, evidence methods. Must not listen, connect or set timers:
   * that belongs to `goLive`, which a one-off command line call never runs.
   */
  start(host: Host): Promise<RunningModule<Services>>;
}

export interface RunningModule<Services = unknown> {
  readonly services: Services;
  /** Starts what lives by itself: connectors, schedules, subscriptions. Called once, in a server only. */
  goLive?(): Promise<void>;
  /** Stops what `goLive` started and writes out what is still in memory. Called in both cases. */
  stop?(): Promise<void>;
}
