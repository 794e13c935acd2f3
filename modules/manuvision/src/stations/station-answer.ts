import type { CloudServices } from '@millwright/cloud/server';
import type { Actor, Clock } from '@millwright/kernel';
import { withoutPassword } from '@millwright/media/stream';
import type { StationRow } from '../schema.ts';
import type { StationCameras } from './camera/station-cameras.ts';
import type { StationRepository } from './repository.ts';
import type { StationAnswer } from './schemas.ts';
import { startOfDay } from './start-of-day.ts';
import type { StationPublisher } from './station-publisher.ts';

interface AnswerParts {
  readonly repository: StationRepository;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  /** Code of why no pictures come from its folder. */
  folderProblem(stationId: string): string | null;
  readonly cameras: Pick<StationCameras, 'state'>;
  readonly publisher: Pick<StationPublisher, 'unsent'>;
}

/** A station as it is set up, with what it judged today. */
export async function stationAnswer(
  { repository, clock, cloud, folderProblem, cameras, publisher }: AnswerParts,
  actor: Actor,
  row: StationRow,
  inspectionName: string,
): Promise<StationAnswer> {
  const { timezone } = await cloud.plant.node(actor, row.site_id);
  const midnight = startOfDay(clock.now(), timezone ?? 'UTC');
  return {
    ...{ id: row.id, siteId: row.site_id, name: row.name, inspectionId: row.inspection_id, inspectionName },
    ...{ version: row.version, keep: row.keep },
    boxId: row.box_id,
    camera: row.camera && withoutPassword(row.camera),
    cameraState: cameras.state(row.id) ?? null,
    ...{ folder: row.folder, folderProblem: folderProblem(row.id) },
    unsent: publisher.unsent(row.id),
    lastAt: (await repository.lastAt(row.id))?.toISOString() ?? null,
    today: await repository.counts(row.id, midnight),
    createdAt: row.created_at.toISOString(),
  };
}
