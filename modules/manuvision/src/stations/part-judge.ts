import type { LiveHub } from '@millwright/http';
import { type Actor, isAllowed, isMillwrightError, type Logger } from '@millwright/kernel';
import type { DriftService } from '../drift/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import type { StationRow, VerdictRow, VersionRow } from '../schema.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import type { Judged } from '../work/messages.ts';
import { type KeepParts, keepVerdict } from './keep-verdict.ts';
import type { Picture } from './picture-source.ts';
import { resultTopic, verdictsTopic } from './result-topic.ts';
import type { VerdictAnswer } from './schemas.ts';
import type { StationPublisher } from './station-publisher.ts';
import { toVerdict } from './verdict-answer.ts';

export interface PartJudgeParts extends KeepParts {
  readonly inspections: InspectionService;
  readonly process: InspectionProcess;
  readonly live: LiveHub;
  readonly publisher: StationPublisher;
  readonly drift: DriftService;
  readonly logger: Logger;
  /** Of networks that were converted. */
  readonly cache: string;
  /** Where models lie as files. */
  readonly models: string;
}

/** Judges the part of a picture, keeps the verdict, and tells it. */
export class PartJudge {
  readonly #parts: PartJudgeParts;

  constructor(parts: PartJudgeParts) {
    this.#parts = parts;
  }

  /**
   * What cannot be judged, for whatever reason, is refused and never passed: the answer says why in `error`. Rejects only when
   * the verdict could not be kept; then there is none.
   */
  async judge(actor: Actor, station: StationRow, picture: Picture): Promise<VerdictAnswer> {
    const version = await this.#parts.inspections.version(actor, station.inspection_id, station.version);
    const begun = performance.now();
    const outcome = await this.#outcome(version, picture.content);
    const milliseconds = performance.now() - begun;
    const row = await keepVerdict(this.#parts, actor, station, { version, picture, outcome, milliseconds });
    return this.told(actor, station, version, row);
  }

  /** Tells a verdict that is stored, also one of a box. */
  async told(actor: Actor, station: StationRow, version: VersionRow, row: VerdictRow): Promise<VerdictAnswer> {
    const verdict = toVerdict(row);
    this.#tell(station, verdict);
    if (row.conditions) await this.#watchDrift(actor, station, version);
    return verdict;
  }

  async #outcome(version: VersionRow, picture: Uint8Array): Promise<Judged | string> {
    const { blobs, cache, models, process } = this.#parts;
    try {
      return await process.judge({ model: await localBlob(blobs, version.model, models), picture, cache });
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      return error.code;
    }
  }

  /** The verdict stands whether the line could be looked at or not. */
  async #watchDrift(actor: Actor, station: StationRow, version: VersionRow): Promise<void> {
    const { drift, logger } = this.#parts;
    await drift.judged(actor, station, version).catch((error: unknown) => {
      logger.error({ err: error, station: station.name }, 'the line could not be compared with the training set');
    });
  }

  /** To whoever watches, and listens at the line. The verdict stands whether anybody could be told or not. */
  #tell(station: StationRow, verdict: VerdictAnswer): void {
    const { live, publisher } = this.#parts;
    live.publish(verdictsTopic, verdict, (reader) => isAllowed(reader, 'manuvision.station.read', station.site_id));
    publisher.publish(station, resultTopic(station.id), verdict);
  }
}
