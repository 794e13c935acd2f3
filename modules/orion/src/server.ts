/** Door 2 of orion: the module itself and its services, for the server and for modules that may use them. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { datasetRoutes } from './datasets/routes.ts';
import { DatasetService } from './datasets/service.ts';
import { experimentRoutes } from './experiments/routes.ts';
import { ExperimentService } from './experiments/service.ts';
import { cacheFolder } from './experiments/trial-method.ts';
import type { IncidentService } from './monitoring/incidents/service.ts';
import type { LiveScoring } from './monitoring/live-scoring.ts';
import type { MonitorService } from './monitoring/service.ts';
import { startMonitoring } from './monitoring/start-monitoring.ts';
import { trackingRoutes } from './tracking/routes.ts';
import { TrackingService } from './tracking/service.ts';
import { OrionThreads } from './work/orion-threads.ts';

/** What other modules may use of orion. */
export interface OrionServices {
  readonly datasets: DatasetService;
  readonly experiments: ExperimentService;
  readonly monitors: MonitorService;
  readonly incidents: IncidentService;
  /** For what stores readings itself and wants them judged at once. */
  readonly scoring: LiveScoring;
}

export const orionModule: Module<OrionServices> = {
  name: 'orion',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, blobs, jobs, logger, config, http: app } = host;
    const cloud = host.use(cloudModule);
    const folder = join(host.folder, 'orion');
    const threads = new OrionThreads(Math.max(config.jobConcurrency, availableParallelism()));
    // What a person waits for must not stand behind trials.
    const aside = new OrionThreads(1);
    const datasets = new DatasetService({ db, blobs, ledger, clock, jobs, cloud, threads, folder });
    const experiments = new ExperimentService({
      ...{ db, blobs, ledger, clock, jobs, logger, cloud, datasets, threads, aside, cache: cacheFolder(folder) },
    });
    datasetRoutes(app, datasets);
    experimentRoutes(app, experiments);
    trackingRoutes(app, new TrackingService({ db, blobs, ledger, clock }), logger);
    const { monitors, incidents, scoring } = startMonitoring(host);
    return {
      services: { datasets, experiments, monitors, incidents, scoring },
      async goLive() {
        scoring.start();
      },
      async stop() {
        await scoring.stop();
        await Promise.all([threads.close(), aside.close()]);
      },
    };
  },
};
