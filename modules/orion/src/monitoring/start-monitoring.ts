import { cloudModule } from '@millwright/cloud/server';
import type { Host } from '@millwright/kernel';
import { z } from 'zod';
import { ModelHealthService } from '../model-health/service.ts';
import { alarmMethod } from './alarm-method.ts';
import { IncidentRepository } from './incidents/repository.ts';
import { IncidentService } from './incidents/service.ts';
import { LiveScoring } from './live-scoring.ts';
import { MonitorRepository } from './repository.ts';
import { incidentRoutes, modelHealthRoutes, monitorRoutes } from './routes.ts';
import { learnJob, MonitorService } from './service.ts';

/** Builds what watches assets and hangs its routes, its job and its evidence method in. `goLive` lets it score. */
export function startMonitoring(host: Host) {
  const { db, blobs, ledger, clock, jobs, logger } = host;
  const cloud = host.use(cloudModule);
  const stores = { monitors: new MonitorRepository(db), incidents: new IncidentRepository(db) };
  const scoring = new LiveScoring({ db, blobs, ledger, clock, logger, cloud, ...stores });
  const shared = { db, blobs, ledger, clock, cloud, scoring, ...stores };
  const monitors = new MonitorService({ ...shared, jobs });
  const incidents = new IncidentService(shared);
  ledger.registerMethod(alarmMethod({ blobs, store: cloud.store, points: cloud.points }));
  monitorRoutes(host.http, monitors);
  incidentRoutes(host.http, incidents);
  modelHealthRoutes(
    host.http,
    new ModelHealthService({ blobs, clock, cloud, monitors: stores.monitors, service: monitors }),
  );
  jobs.define({
    type: learnJob,
    // What it learnt watches in the server's own process.
    place: 'server',
    schema: z.object({ monitorId: z.uuid(), from: z.string(), to: z.string(), method: z.string() }),
    run: ({ monitorId, ...input }, context) =>
      monitors.learn(context.actor, monitorId, input, { signal: context.signal, progress: context.progress }),
  });
  return { monitors, incidents, scoring };
}
