import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { LiveHub } from '@millwright/http';
import { type Clock, isAllowed, type Logger, operatorActor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { HardwareChoice } from '@millwright/media';
import { StationsOnBoxes } from '../box/on-boxes.ts';
import type { DatasetVersionService } from '../datasets/versions/service.ts';
import { DriftService } from '../drift/service.ts';
import { ExplanationService } from '../explanations/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import { LineRepository } from '../line/line-repository.ts';
import { LineService } from '../line/line-service.ts';
import { lineTopic } from '../line/line-topic.ts';
import { ModbusServer } from '../line/modbus/modbus-server.ts';
import { MqttIntake } from '../line/mqtt/mqtt-intake.ts';
import { LineCertificateService } from '../line/opcua/certificate-service.ts';
import { LineCertificates } from '../line/opcua/line-certificates.ts';
import { StationOpcuaServer } from '../line/opcua/opcua-server.ts';
import { PlcWriters } from '../line/opcua/plc-writers.ts';
import type { Shown } from '../line/shown.ts';
import { StationTalks } from '../line/station-talks.ts';
import type { LotService } from '../lots/service.ts';
import { RetuningService } from '../retuning/service.ts';
import type { StationRow } from '../schema.ts';
import { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import { StationCameraService } from './camera/camera-service.ts';
import { StationCameras } from './camera/station-cameras.ts';
import { FolderWatch } from './folder-watch.ts';
import { judgeMethod } from './judge-method.ts';
import { PictureQuota } from './keep/picture-quota.ts';
import { PartJudge } from './part-judge.ts';
import { StationRepository } from './repository.ts';
import { StationService } from './service.ts';
import { startOfDay } from './start-of-day.ts';
import { stationActor } from './station-actor.ts';
import { StationPublisher } from './station-publisher.ts';
import { VerdictService } from './verdict-service.ts';

interface OpenParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly live: LiveHub;
  readonly cloud: CloudServices;
  readonly inspections: InspectionService;
  readonly lots: LotService;
  readonly datasetVersions: DatasetVersionService;
  readonly bus: Bus;
  readonly logger: Logger;
  /** Folders of this machine that stations may watch. */
  readonly watchedFolders: readonly string[];
  /** Networks inside in which cameras may be opened. */
  readonly allowedNetworks: readonly string[];
  readonly videoDecoding?: HardwareChoice | undefined;
  readonly cache: string;
  readonly folder: string;
  /** Of everything that the server keeps. */
  readonly dataFolder: string;
  /** Where the line reaches stations; a protocol without a port is not spoken. */
  readonly line: {
    readonly host: string;
    readonly modbusPort: number | null;
    readonly opcuaPort: number | null;
    readonly opcuaSecurity: 'required' | 'optional';
  };
}

export interface OpenStations {
  readonly stations: StationService;
  readonly verdicts: VerdictService;
  readonly explanations: ExplanationService;
  readonly cameras: StationCameraService;
  readonly drift: DriftService;
  readonly retuning: RetuningService;
  readonly line: LineService;
  readonly lineCertificates: LineCertificateService;
  /** Begins to talk with the line, and to take pictures from where stations get them by themselves. */
  goLive(): Promise<void>;
  close(): Promise<void>;
}

/** All that stations are made of, put together. */
export function openStations(parts: OpenParts): OpenStations {
  const { db, blobs, ledger, logger, cache, watchedFolders } = parts;
  const process = new InspectionProcess();
  // Explanations take seconds: no part at the line waits for one.
  const aside = new InspectionProcess();
  const repository = new StationRepository(db);
  const models = join(parts.folder, 'models');
  ledger.registerMethod(judgeMethod({ blobs, cache, folder: models, process }));
  const publisher = new StationPublisher(parts);
  const drift = new DriftService({ ...parts, stations: repository, publisher });
  const dayStart = async (siteId: string) => {
    const { timezone } = await parts.cloud.plant.node(operatorActor, siteId);
    return startOfDay(parts.clock.now(), timezone ?? 'UTC');
  };
  const partJudge = new PartJudge({ ...parts, repository, process, models, drift, dayStart, publisher });
  const quota = new PictureQuota({ ...parts, repository });
  const stations = async () => (await repository.list()).flatMap(({ row }) => (row.box_id ? [] : row));
  const watch: FolderWatch<StationRow> = new FolderWatch({
    ...{ memory: repository, allowed: watchedFolders, logger },
    stations,
    judge: async (station, picture) => void (await talks.come(station, picture)),
  });
  const cameras: StationCameras = new StationCameras({
    ...{ repository, allow: parts.allowedNetworks, hardware: parts.videoDecoding, clock: parts.clock, logger },
    judge: async (station, picture) => void (await talks.come(station, picture)),
  });
  const lineRepository = new LineRepository(db);
  const shows = ({ id, siteId }: { readonly id: string; readonly siteId: string }, shown: Shown) =>
    parts.live.publish(lineTopic(id), shown, (reader) => isAllowed(reader, 'manuvision.station.read', siteId));
  const onBoxes = new StationsOnBoxes({ ...parts, repository, judge: partJudge, line: lineRepository, shows });
  parts.cloud.edgeParts.register(onBoxes);
  const folderProblem = (stationId: string) => watch.problem(stationId) ?? onBoxes.problem(stationId);
  const { host, modbusPort, opcuaPort, opcuaSecurity: security } = parts.line;
  const modbus = new ModbusServer({ host, port: modbusPort, logger });
  const opcuaFolder = join(parts.folder, 'opcua');
  const plcFolder = join(parts.folder, 'opcua-client');
  const plcs = new PlcWriters({ folder: plcFolder, logger });
  const opcua = new StationOpcuaServer({ host, port: opcuaPort, security, folder: opcuaFolder, logger });
  const talks = new StationTalks<StationRow>({
    ...{ ...parts, stations, memory: lineRepository, process },
    model: async (station) => {
      const { inspection_id, version } = station;
      const { model } = await parts.inspections.version(stationActor(station), inspection_id, version);
      return localBlob(blobs, model, models);
    },
    judge: (station, picture) => partJudge.judge(stationActor(station), station, picture),
    endLot: (station) => parts.lots.endByLine(stationActor(station), station),
    tell: ({ id, site_id: siteId }, { shown }) => shows({ id, siteId }, shown),
    ...{
      protocols: [modbus, opcua, plcs],
      sourceProblem: (id) => folderProblem(id) ?? cameras.problem(id),
    },
    sourceOf: (id) => cameras.sourceOf(id),
  });
  // A talk is given the source that is there when it begins.
  const changed = async () => {
    await cameras.sync();
    await talks.sync();
    parts.cloud.edgeParts.changed();
  };
  const states = { state: (stationId: string) => cameras.state(stationId) ?? onBoxes.camera(stationId) };
  const intake = new MqttIntake({
    ...{ bus: parts.bus, logger, talk: (id) => talks.get(id) },
    judge: async (id, picture) => talks.come((await repository.byId(id))!, picture),
  });
  const judge: Pick<PartJudge, 'judge'> = {
    judge: (actor, station, picture) =>
      talks.judge(station.id, picture, (taken) => partJudge.judge(actor, station, taken)),
  };
  const verdicts = new VerdictService({ ...parts, repository, judge });
  return {
    stations: new StationService({ ...parts, repository, folderProblem, cameras: states, publisher, changed }),
    cameras: new StationCameraService({ repository, cameras, onBoxes, judge }),
    verdicts,
    explanations: new ExplanationService({ ...parts, repository, verdicts, process: aside, models }),
    drift,
    retuning: new RetuningService({
      ...{ ...parts, stations: repository, process, models },
      changed: () => talks.sync(),
    }),
    line: new LineService({
      ...{ db, ledger, stations: repository, repository: lineRepository, talks, modbus, opcua, plcs, onBoxes },
      changed: async () => {
        await talks.sync();
        parts.cloud.edgeParts.changed();
      },
    }),
    lineCertificates: new LineCertificateService({
      ...{ onBoxes, cloud: parts.cloud, ledger },
      own: new LineCertificates({ folders: [opcuaFolder, plcFolder], reload: () => opcua.reloadCertificates() }),
    }),
    goLive: async () => {
      await cameras.goLive();
      await talks.goLive();
      await intake.start();
      watch.start();
      quota.start();
    },
    close: async () => {
      await intake.stop();
      await quota.stop();
      await cameras.close();
      await watch.stop();
      await talks.close();
      await aside.close();
      await process.close();
    },
  };
}
