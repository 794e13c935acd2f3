/** Door 2 of matrixvision: the module itself and its services, for the server and for modules that may use them. */
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import type { ProviderName } from '@millwright/inference';
import { type Host, listArgument, type Module, requirePermission } from '@millwright/kernel';
import './permissions.ts';
import { attributeRoutes } from './attributes/service/routes.ts';
import { AttributeService } from './attributes/service/service.ts';
import { cameraRoutes } from './cameras/routes.ts';
import { CameraService } from './cameras/service.ts';
import { crossingRoutes } from './crossings/routes.ts';
import { CrossingService } from './crossings/service.ts';
import { discoveryRoutes } from './discovery/routes.ts';
import { DiscoveryService } from './discovery/service.ts';
import { matrixvisionOnBoxes } from './edge-server.ts';
import { eventMethod } from './events/event-method.ts';
import { eventRoutes } from './events/routes.ts';
import { EventService, eventsTopic } from './events/service.ts';
import { exportRoutes } from './export/routes.ts';
import { ExportService } from './export/service.ts';
import { currentPicture } from './live/current-picture.ts';
import { liveRoutes } from './live/routes.ts';
import { modelRoutes } from './models/routes.ts';
import { ModelService } from './models/service.ts';
import { networkRoutes } from './networks/routes.ts';
import { NetworkService } from './networks/service.ts';
import { LookLog } from './privacy/look-log.ts';
import { recordingRoutes } from './recordings/routes.ts';
import { RecordingService } from './recordings/service.ts';
import { CameraRuntime, camerasTopic } from './runtime/camera-runtime.ts';
import { FindingStore } from './runtime/finding-store.ts';
import { trackRoutes } from './tracks/routes.ts';
import { TrackService } from './tracks/service.ts';

export type { AttributeService } from './attributes/service/service.ts';
export type { CameraService } from './cameras/service.ts';
export type { CrossingService } from './crossings/service.ts';
export type { EventService } from './events/service.ts';
export type { ModelService } from './models/service.ts';

/** What other modules may use of matrixvision. */
export interface MatrixVisionServices {
  readonly cameras: CameraService;
  readonly events: EventService;
  readonly crossings: CrossingService;
  readonly attributes: AttributeService;
  readonly models: ModelService;
}

export const matrixvisionModule: Module<MatrixVisionServices> = {
  name: 'matrixvision',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, events: bus, blobs, http: app, live, logger, jobs } = host;
    const cloud = host.use(cloudModule);
    const cameras = new CameraService({ db, ledger, clock, events: bus, cloud });
    const clips = join(host.folder, 'clips-in-work');
    const looks = new LookLog({ ledger, clock });
    const tracks = new TrackService({ db, cameras, blobs });
    const events = new EventService({
      db,
      blobs,
      ledger,
      clock,
      live,
      cameras,
      tracks,
      alerts: cloud.alerts,
      looks,
      folder: clips,
    });
    const crossings = new CrossingService({ db, cameras, blobs, looks });
    const attributes = new AttributeService({
      ...{ db, blobs, ledger, clock, events: bus, jobs, cloud },
      ...{ seen: events, cameras, looks },
    });

    const store = new FindingStore({
      db,
      cameras,
      events,
      crossings,
      tracks,
      ledger,
      alerts: cloud.alerts,
      clock,
      logger,
    });
    const configured = listArgument(host.config.allowedNetworks) ?? [];
    const networks = new NetworkService({ db, ledger, clock, events: bus, configured });
    const modelFolder = join(host.folder, 'models');
    const providers = (listArgument(host.config.inferenceProviders) ?? []) as ProviderName[];
    const models: ModelService = new ModelService({
      ...{ db, blobs, ledger, clock, cloud, cameras, providers, folder: modelFolder },
      picture: (actor, cameraId) => currentPicture({ cameras, runtime, looks }, actor, cameraId, 1920),
    });
    const runtime: CameraRuntime = new CameraRuntime({
      ...{ cameras, attributes, models, networks, store, blobs, logger, live },
      thread: {
        models: modelFolder,
        providers,
        recordings: join(host.folder, 'recordings'),
        clips,
        allow: configured,
        hardware: host.config.videoDecoding,
      },
    });
    ledger.registerMethod(eventMethod(blobs));
    const onBoxes = { cameras, attributes, models, store, blobs, folder: modelFolder, providers };
    cloud.edgeParts.register(matrixvisionOnBoxes(onBoxes));
    bus.on('camera-change', () => cloud.edgeParts.changed());
    bus.on('attribute-change', () => cloud.edgeParts.changed());
    bus.on('camera-change', ({ cameraId }) => runtime.changed(cameraId));
    bus.on('camera-networks-change', ({ removed }) => runtime.networksChanged(removed));
    // Whoever looks at a camera whose people are to be covered from now on looks at covered pictures.
    bus.on('camera-change', () => live.recheck());
    bus.on('attribute-change', ({ siteId }) => runtime.siteChanged(siteId));

    for (const topic of [eventsTopic, camerasTopic])
      live.define(topic.slice(0, topic.indexOf(':')), async (actor) =>
        requirePermission(actor, 'matrixvision.camera.read'),
      );
    cameraRoutes(app, cameras);
    networkRoutes(app, networks);
    eventRoutes(app, events, blobs);
    crossingRoutes(app, crossings);
    attributeRoutes(app, attributes);
    modelRoutes(app, models);
    trackRoutes(app, tracks);
    exportRoutes(app, new ExportService({ cameras, events, crossings, tracks, ledger }));
    liveRoutes(app, { cameras, runtime, looks });
    discoveryRoutes(app, new DiscoveryService(networks));
    recordingRoutes(app, new RecordingService({ cameras, runtime, ledger, folder: clips }));
    return {
      services: { cameras, events, crossings, attributes, models },
      goLive: () => runtime.start(),
      stop: () => runtime.stop(),
    };
  },
};
