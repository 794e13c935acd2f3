import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Blobs, openBlobs } from '@millwright/blobs';
import { type Bus, openBus } from '@millwright/bus';
import { claimDatabase, type Database, migrate, openDatabase, pendingMigrations } from '@millwright/db';
import { AccessService, type App, accessRoutes, createApp, Metrics, metricsRoutes } from '@millwright/http';
import { Jobs } from '@millwright/jobs';
import {
  type Clock,
  type Config,
  Events,
  type Host,
  isAllowed,
  type Logger,
  type Module,
  type RunningModule,
} from '@millwright/kernel';
import { Ledger } from '@millwright/ledger';
import { backupRoutes } from './backup/routes.ts';
import { BackupService } from './backup/service.ts';
import { hostErrors } from './errors.ts';
import { jobRoutes } from './job-routes.ts';
import { LateBrokerAccess } from './late-access.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { migrationSets } from './migration-sets.ts';
import { systemRoutes } from './system-routes.ts';

/**
 * `live` is the server: it connects the message bus and may `goLive`. `once` is a command line call that opens the folder,
 * works and leaves. `worker` stands beside a server on the same database and takes jobs only.
 */
export type AssemblyMode = 'live' | 'once' | 'worker';

export interface AssembleOptions {
  readonly config: Config;
  readonly modules: readonly Module[];
  readonly mode: AssemblyMode;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly version: string;
  /** A database that is open already (tests); it is not closed by `stop`. */
  readonly database?: Database;
  /** Another server has taken the database while it was away: what this one holds in memory is worth nothing any more. */
  readonly onDatabaseLost?: () => void;
}

/** A whole Millwright in this process, not yet listening. */
export interface Assembly {
  readonly host: Host;
  readonly app: App;
  /** Bearer token that acts as the machine's operator. */
  readonly operatorToken: string;
  /** Starts what lives by itself: job workers, connectors, schedules. */
  goLive(): Promise<void>;
  stop(): Promise<void>;
}

/** A bus for a one-off command: nothing may depend on it. */
const noBus: Bus = {
  url: '',
  subscribe: () => Promise.reject(hostErrors.BUS_NOT_LIVE({})),
  publish: () => Promise.reject(hostErrors.BUS_NOT_LIVE({})),
  close: () => Promise.resolve(),
};

/** Opens database, files and bus, brings the schema up to date, starts the modules in order, and hangs their routes in. */
export async function assemble(options: AssembleOptions): Promise<Assembly> {
  const { config, logger, clock } = options;
  const folder = resolve(config.data);
  mkdirSync(folder, { recursive: true });
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => logger.error({ err: error }, 'while stopping'));
    }
  };
  try {
    const db =
      options.database ??
      (await openDatabase({
        url: config.databaseUrl || `pglite://${join(folder, 'database')}`,
        durability: config.embeddedDurability,
      }));
    if (!options.database) closers.push(() => db.close());
    if (options.mode === 'worker') {
      const pending = await pendingMigrations(db, migrationSets(options.modules));
      if (pending.length > 0) throw hostErrors.WORKER_SCHEMA_OLD({ pending });
    } else if (db.kind === 'server' && !options.database) {
      const claim = await claimDatabase(config.databaseUrl, () => options.onDatabaseLost?.());
      closers.push(() => claim.release());
    }
    const applied = options.mode === 'worker' ? [] : await migrate(db, migrationSets(options.modules));
    if (applied.length > 0) logger.info({ applied }, 'schema brought up to date');

    const blobs: Blobs = await openBlobs(config.blobUrl ? { url: config.blobUrl } : { folder: join(folder, 'blobs') });
    const brokerAccess = new LateBrokerAccess();
    const bus = options.mode === 'live' ? await openLiveBus(config, brokerAccess, logger, clock) : noBus;
    closers.push(() => bus.close());
    const events = new Events((error, name) => logger.error({ err: error, event: name }, 'a listener failed'));
    const ledger = new Ledger(db, clock);
    ledger.registerInput({
      kind: 'blob',
      pin: async (reference) => {
        const { hash, size } = await blobs.verify((reference as { hash: string }).hash);
        return { sha256: hash, count: size };
      },
    });
    const jobs = new Jobs({
      ...{ db, clock, events, logger, place: options.mode === 'worker' ? 'worker' : 'server' },
      // Taken for dead after six of them.
      heartbeatMs: (config.jobSilenceSeconds * 1_000) / 6,
      concurrency: config.jobConcurrency,
    });
    // A module stops after nobody calls it any more, neither by HTTP nor from a job, and before what it stands on.
    let afterModules = closers.length;
    closers.push(() => jobs.stop());
    const access = new AccessService({ db, ledger, clock, config });
    const operatorToken = `operator_${randomBytes(32).toString('base64url')}`;
    const metrics = new Metrics();
    const { app, live } = await createApp({
      ...{ logger, access, version: options.version, operatorToken, trustProxy: config.trustProxy },
    });
    closers.push(async () => {
      live.close();
      await app.close();
    });

    const running = new Map<string, RunningModule>();
    const host: Host = {
      ...{
        config,
        clock,
        logger,
        events,
        db,
        ledger,
        blobs,
        bus,
        jobs,
        http: app,
        live,
        access,
        metrics,
        brokerAccess,
        folder,
        mode: options.mode,
      },
      use<S>(module: Module<S>): S {
        const found = running.get(module.name);
        if (!found) throw hostErrors.MODULE_MISSING({ module: '(caller)', needs: module.name });
        return found.services as S;
      },
    };
    accessRoutes(app, access);
    metricsRoutes(app, metrics, config.publicMetrics);
    ledgerRoutes(app, ledger);
    jobRoutes(app, jobs);
    systemRoutes(app, host, { version: options.version, startedAt: clock.now() });
    backupRoutes(app, new BackupService(host, options.version));
    live.define('jobs', async (actor) => {
      await jobs.list(actor, { limit: 1 });
    });
    events.on('job-change', ({ job }) =>
      live.publish('jobs:all', job, (actor) => isAllowed(actor, 'jobs.job.read', job.siteId ?? undefined)),
    );

    for (const module of options.modules) {
      for (const needs of module.needs)
        if (!running.has(needs)) throw hostErrors.MODULE_MISSING({ module: module.name, needs });
      const started = await module.start(host);
      running.set(module.name, started);
      if (started.stop) closers.splice(afterModules++, 0, () => started.stop!());
    }

    return {
      host,
      app,
      operatorToken,
      async goLive() {
        await jobs.startWorkers();
        if (options.mode === 'worker') return;
        for (const module of running.values()) await module.goLive?.();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openLiveBus(config: Config, access: LateBrokerAccess, logger: Logger, clock: Clock): Promise<Bus> {
  if (config.mqttUrl) {
    const { username, password } = new URL(config.mqttUrl);
    return openBus({
      kind: 'external',
      url: config.mqttUrl,
      clientId: 'millwright-server',
      username: username ? decodeURIComponent(username) : undefined,
      password: password ? decodeURIComponent(password) : undefined,
      logger,
    });
  }
  try {
    const options = { host: config.host, port: config.mqttPort, access, logger, clock };
    return await openBus({ kind: 'embedded', ...options, onDenied: (denial) => access.denied(denial) });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    throw hostErrors.PORT_TAKEN({ what: 'the MQTT broker', port: config.mqttPort, setting: 'mqttPort' });
  }
}

/** True for EADDRINUSE, also when it is the cause of another error. */
export function isPortTaken(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code === 'EADDRINUSE' || (cause !== undefined && isPortTaken(cause));
}
