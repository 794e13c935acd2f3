import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { LiveHub } from '@millwright/http';
import { type Actor, type Clock, type Logger, operatorActor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { DriftService } from '../drift/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import type { StationRow } from '../schema.ts';
import { InspectionProcess } from '../work/inspection-process.ts';
import { FolderWatch } from './folder-watch.ts';
import { judgeMethod } from './judge-method.ts';
import { PictureQuota } from './keep/picture-quota.ts';
import { PartJudge } from './part-judge.ts';
import { StationRepository } from './repository.ts';
import { StationService } from './service.ts';
import { startOfDay } from './start-of-day.ts';
import { VerdictService } from './verdict-service.ts';

interface OpenParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly live: LiveHub;
  readonly cloud: CloudServices;
  readonly inspections: InspectionService;
  readonly bus: Bus;
  readonly logger: Logger;
  /** Folders of this machine that stations may watch. */
  readonly watchedFolders: readonly string[];
  readonly cache: string;
  readonly folder: string;
}

export interface OpenStations {
  readonly stations: StationService;
  readonly verdicts: VerdictService;
  readonly drift: DriftService;
  /** Begins to take pictures from where stations get them by themselves. */
  goLive(): void;
  close(): Promise<void>;
}

/** Who judges where nobody asked. */
const stationActor = ({ name }: StationRow): Actor => ({ ...operatorActor, kind: 'job', id: 'station', name });

/** All that stations are made of, put together. */
export function openStations(parts: OpenParts): OpenStations {
  const { db, blobs, ledger, logger, cache, watchedFolders } = parts;
  const process = new InspectionProcess();
  const repository = new StationRepository(db);
  const models = join(parts.folder, 'models');
  ledger.registerMethod(judgeMethod({ blobs, cache, folder: models, process }));
  const drift = new DriftService({ ...parts, stations: repository });
  const dayStart = async (siteId: string) => {
    const { timezone } = await parts.cloud.plant.node(operatorActor, siteId);
    return startOfDay(parts.clock.now(), timezone ?? 'UTC');
  };
  const judge = new PartJudge({ ...parts, repository, process, models, drift, dayStart });
  const quota = new PictureQuota({ ...parts, repository });
  const watch = new FolderWatch({
    ...{ repository, allowed: watchedFolders, logger },
    judge: async (station, picture) => void (await judge.judge(stationActor(station), station, picture)),
  });
  const folderProblem = (stationId: string) => watch.problem(stationId);
  return {
    stations: new StationService({ ...parts, repository, folderProblem }),
    verdicts: new VerdictService({ ...parts, repository, judge }),
    drift,
    goLive: () => {
      watch.start();
      quota.start();
    },
    close: async () => {
      await quota.stop();
      await watch.stop();
      await process.close();
    },
  };
}
