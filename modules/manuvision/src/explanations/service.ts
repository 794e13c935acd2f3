import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '@millwright/blobs';
import type { Actor } from '@millwright/kernel';
import type { DatasetVersionService } from '../datasets/versions/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import { withPartFiles } from '../inspections/train-method.ts';
import type { VerdictRow } from '../schema.ts';
import type { StationRepository } from '../stations/repository.ts';
import { verdictFor } from '../stations/station-access.ts';
import type { VerdictService } from '../stations/verdict-service.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import { type ExplanationAnswer, toExplanation } from './schemas.ts';

/** Of the line that are looked at, newest first. */
const mostConfirmed = 40;

interface ExplanationParts {
  readonly blobs: Blobs;
  readonly inspections: InspectionService;
  readonly datasetVersions: DatasetVersionService;
  readonly repository: StationRepository;
  readonly verdicts: Pick<VerdictService, 'picture'>;
  readonly process: InspectionProcess;
  readonly cache: string;
  /** Where models lie as files. */
  readonly models: string;
  /** For files in work. */
  readonly folder: string;
}

/** Why parts were judged as they were, beside the data that their inspection learnt from. */
export class ExplanationService {
  readonly #parts: ExplanationParts;

  constructor(parts: ExplanationParts) {
    this.#parts = parts;
  }

  /**
   * Of a part whose picture was kept, by the version that judged it, beside the known defects: those of the data set, and parts of the
   * inspection's stations that people rejected. Crops are cut from the pictures of the version of the data set
   * that was learnt from, also where these were taken out of the set since. Throws MANUVISION_PICTURE_NOT_KEPT,
   * MANUVISION_PICTURE_REMOVED, MANUVISION_MODEL_KIND, MANUVISION_BANK_UNKNOWN.
   */
  async explanation(actor: Actor, stationId: string, verdictId: string): Promise<ExplanationAnswer> {
    const { blobs, inspections, datasetVersions, repository, verdicts, process, cache, models, folder } = this.#parts;
    const { station, verdict } = await verdictFor(repository, actor, stationId, verdictId);
    const inspection = await inspections.row(actor, station.inspection_id, 'read');
    const version = await inspections.version(actor, inspection.id, verdict.version);
    const { dataset } = version.result;
    const pictures = await datasetVersions.labelledPictures(actor, inspection.dataset_id, dataset);
    const picture = await buffer(await verdicts.picture(actor, stationId, verdictId));
    const model = await localBlob(blobs, version.model, models);
    const name = `${inspection.name} ${version.version}`;
    const places = { blobs, cache, folder: join(folder, 'explaining') };
    const known = new Set([verdict.picture, ...pictures.map(({ hash }) => hash)]);
    const rejected = await this.#rejected(inspection.id, known);
    const explained = await withPartFiles(places, pictures, async (files, place) => {
      const confirmed = await Promise.all(
        rejected.map(async ({ picture: hash, file_name: fileName, class_name: className }) => ({
          ...{ name: hash, group: hash, fileName, className: className ?? 'defect' },
          path: await localBlob(blobs, hash, place),
        })),
      );
      return process.explain({ ...files, confirmed, model, name, picture, cache });
    });
    const names = [
      ...pictures.map(({ hash, fileName }) => [hash, fileName] as const),
      ...rejected.map((row) => [row.picture, row.file_name] as const),
    ];
    return toExplanation(explained, new Map(names));
  }

  /** Parts that people rejected, each picture once, but those of which something else is known. */
  async #rejected(inspectionId: string, known: Set<string>): Promise<VerdictRow[]> {
    const rows = await this.#parts.repository.confirmedDefects(inspectionId, mostConfirmed);
    const seen = new Set(known);
    return rows.filter(({ picture }) => !seen.has(picture) && seen.add(picture));
  }
}
