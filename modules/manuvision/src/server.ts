/** Door 2 of manuvision: the module itself and its services, for the server and for modules that may use them. */
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { type Host, listArgument, type Module, requirePermission } from '@millwright/kernel';
import './permissions.ts';
import { DatasetExportService } from './datasets/exchange/export-service.ts';
import { DatasetImportService } from './datasets/exchange/import-service.ts';
import { datasetExchangeRoutes } from './datasets/exchange/routes.ts';
import { datasetRoutes } from './datasets/service/routes.ts';
import { DatasetService } from './datasets/service/service.ts';
import { datasetVersionRoutes } from './datasets/versions/routes.ts';
import { DatasetVersionService } from './datasets/versions/service.ts';
import { driftRoutes } from './drift/routes.ts';
import { driftLiveTopic } from './drift/service.ts';
import { explanationRoutes } from './explanations/routes.ts';
import { inspectionRoutes } from './inspections/routes.ts';
import { InspectionService } from './inspections/service.ts';
import { labellingRoutes } from './labelling/routes.ts';
import { LabellingService } from './labelling/service.ts';
import { lineRoutes } from './line/line-routes.ts';
import type { LineService } from './line/line-service.ts';
import { lineTopicKind } from './line/line-topic.ts';
import { lineCertificateRoutes } from './line/opcua/certificate-routes.ts';
import { lotRoutes } from './lots/routes.ts';
import { LotService } from './lots/service.ts';
import { retuningRoutes } from './retuning/routes.ts';
import { stationCameraRoutes } from './stations/camera/camera-routes.ts';
import { openStations } from './stations/open-stations.ts';
import { verdictsTopic } from './stations/result-topic.ts';
import { stationRoutes } from './stations/routes.ts';
import type { StationService } from './stations/service.ts';
import { verdictRoutes } from './stations/verdict-routes.ts';
import type { VerdictService } from './stations/verdict-service.ts';
import { gaugeStudyRoutes } from './studies/routes.ts';
import { GaugeStudyService } from './studies/service.ts';

/** What other modules may use of manuvision. */
export interface ManuVisionServices {
  readonly datasets: DatasetService;
  readonly datasetVersions: DatasetVersionService;
  readonly labelling: LabellingService;
  readonly inspections: InspectionService;
  readonly stations: StationService;
  readonly verdicts: VerdictService;
  /** What is judged while a lot is open at a station belongs to it. */
  readonly lots: LotService;
  readonly line: LineService;
}

export const manuvisionModule: Module<ManuVisionServices> = {
  name: 'manuvision',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, blobs, http: app, live, jobs, bus, logger } = host;
    const cloud = host.use(cloudModule);
    const places = { cache: join(host.folder, 'models'), folder: join(host.folder, 'manuvision') };
    const datasets = new DatasetService({ db, blobs, ledger, clock, cloud });
    const datasetVersions = new DatasetVersionService({ db, blobs, ledger, clock, datasets });
    const inspections = new InspectionService({ db, blobs, ledger, clock, jobs, datasets, datasetVersions, ...places });
    const labelling = new LabellingService({ db, blobs, ledger, clock, datasets, inspections, ...places });
    const exports = new DatasetExportService({ blobs, ledger, datasets, datasetVersions });
    const imports = new DatasetImportService({
      ...{ ledger, clock, jobs, datasets, labelling },
      folder: join(places.folder, 'imports'),
    });
    const lots = new LotService({ db, blobs, ledger, clock, cloud, inspections });
    const opened = openStations({
      ...{ db, blobs, ledger, clock, live, cloud, inspections, datasetVersions, lots, bus, logger, ...places },
      ...{ watchedFolders: listArgument(host.config.watchedFolders) ?? [], dataFolder: host.folder },
      line: {
        ...{ host: host.config.host, modbusPort: host.config.stationModbusPort },
        ...{ opcuaPort: host.config.stationOpcuaPort, opcuaSecurity: host.config.stationOpcuaSecurity },
      },
      ...{ allowedNetworks: listArgument(host.config.allowedNetworks) ?? [], videoDecoding: host.config.videoDecoding },
    });
    const kinds = [verdictsTopic, driftLiveTopic].map((topic) => topic.slice(0, topic.indexOf(':')));
    for (const kind of [...kinds, lineTopicKind])
      live.define(kind, async (actor) => requirePermission(actor, 'manuvision.station.read'));
    datasetRoutes(app, datasets);
    datasetVersionRoutes(app, datasetVersions);
    datasetExchangeRoutes(app, { exports, imports });
    labellingRoutes(app, labelling);
    inspectionRoutes(app, inspections);
    gaugeStudyRoutes(
      app,
      new GaugeStudyService({ blobs, ledger, jobs, datasets, datasetVersions, inspections, folder: places.folder }),
    );
    const { stations, verdicts, drift, line, retuning } = opened;
    stationRoutes(app, stations);
    stationCameraRoutes(app, opened.cameras);
    verdictRoutes(app, verdicts);
    explanationRoutes(app, opened.explanations);
    driftRoutes(app, drift);
    lineRoutes(app, line);
    retuningRoutes(app, retuning);
    lineCertificateRoutes(app, opened.lineCertificates);
    lotRoutes(app, lots);
    return {
      services: { datasets, datasetVersions, labelling, inspections, stations, verdicts, line, lots },
      goLive: () => opened.goLive(),
      stop: async () => {
        await opened.close();
        await labelling.close();
        await inspections.close();
      },
    };
  },
};
