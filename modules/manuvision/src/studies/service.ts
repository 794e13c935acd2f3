import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import type { Actor } from '@millwright/kernel';
import type { FindingContent, Ledger, LedgerEntry } from '@millwright/ledger';
import { z } from 'zod';
import type { DatasetService } from '../datasets/service/service.ts';
import type { DatasetVersionService } from '../datasets/versions/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import { manuvisionMeasuringErrors } from '../measuring/errors.ts';
import { studyCells } from '../measuring/gauge-study.ts';
import { measuringSettingsSchema } from '../measuring/measuring-kind.ts';
import type { StudiedPictures } from '../measuring/study-pictures.ts';
import { placesInDataset } from '../measuring/study-place.ts';
import { type StudyParameters, studyMethod, studyMethodId } from './method.ts';
import { type StudyAnswer, type StudyInput, studyInput, studySchema } from './schemas.ts';

interface GaugeStudyParts {
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly jobs: Jobs;
  readonly datasets: DatasetService;
  readonly datasetVersions: DatasetVersionService;
  readonly inspections: InspectionService;
  /** For files in work. */
  readonly folder: string;
}

const jobType = 'manuvision.study';
const mostListed = 20;

/** Gauge studies of measuring inspections on pictures of data sets. Each is a finding of the ledger, and nothing besides. */
export class GaugeStudyService {
  readonly #parts: GaugeStudyParts;
  /** Which job a run of the method belongs to; a run by `verify` belongs to none. */
  readonly #following = new AsyncLocalStorage<JobContext>();

  constructor(parts: GaugeStudyParts) {
    this.#parts = parts;
    const places = { blobs: parts.blobs, folder: join(parts.folder, 'studies') };
    parts.ledger.registerMethod(studyMethod(places, () => this.#following.getStore()));
    parts.jobs.define({
      type: jobType,
      schema: studyInput.extend({ inspectionId: z.string() }),
      run: ({ inspectionId, ...input }, context) => this.#study(inspectionId, input, context),
    });
  }

  /**
   * Queues a study. Throws MANUVISION_STUDY_WITHOUT_PLAN, MANUVISION_MEASURING_PICTURES_MISSING, MANUVISION_STUDY_TOO_SMALL,
   * MANUVISION_STUDY_UNBALANCED before anything is measured.
   */
  async begin(actor: Actor, id: string, input: StudyInput): Promise<Job> {
    const { name, siteId } = await this.#plan(actor, id, input);
    return this.#parts.jobs.enqueue(actor, jobType, { ...input, inspectionId: id }, { siteId, subject: name });
  }

  /** Newest first. */
  async list(actor: Actor, id: string): Promise<StudyAnswer[]> {
    const { ledger, inspections } = this.#parts;
    await inspections.row(actor, id, 'read');
    const entries = await ledger.list(actor, { type: studyMethodId, subject: id, limit: mostListed });
    return entries.map(toStudy);
  }

  async #study(id: string, input: StudyInput, context: JobContext): Promise<{ evidence: string }> {
    const { actor } = context;
    const { parameters, hashes, siteId } = await this.#plan(actor, id, input);
    const { id: evidence } = await this.#following.run(context, () =>
      this.#parts.ledger.conclude<StudiedPictures>(actor, {
        ...{ method: studyMethodId, parameters, subject: id, siteId },
        inputs: hashes.map((hash) => ({ kind: 'blob', reference: { hash } })),
      }),
    );
    return { evidence };
  }

  /** What is measured how: checked before the job waits, and again when it begins. */
  async #plan(actor: Actor, id: string, { datasetId, search }: StudyInput) {
    const { datasets, datasetVersions, inspections } = this.#parts;
    const { name, kind, site_id: siteId, settings, dataset_id: own } = await inspections.row(actor, id, 'write');
    const { plan = null, calibration = null } = kind === 'measuring' ? measuringSettingsSchema.parse(settings) : {};
    if (!plan) throw manuvisionMeasuringErrors.MANUVISION_STUDY_WITHOUT_PLAN({ inspection: name });
    const dataset = await datasets.row(actor, datasetId ?? own, 'read');
    const all = await datasetVersions.labelledPictures(actor, dataset.id);
    const wanted = search?.toLowerCase() ?? '';
    const chosen = all.filter(({ fileName }) => fileName.toLowerCase().includes(wanted));
    if (chosen.length === 0)
      throw manuvisionMeasuringErrors.MANUVISION_MEASURING_PICTURES_MISSING({ path: dataset.name });
    const placed = placesInDataset(chosen).sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
    studyCells(placed);
    const parameters: StudyParameters = {
      ...{ plan, calibration, dataset: { id: dataset.id, name: dataset.name } },
      pictures: placed.map(({ fileName, part, operator, reading }) => ({
        ...{ fileName, part, operator },
        ...(reading ? { reading } : {}),
      })),
    };
    return { name, siteId, parameters, hashes: placed.map(({ hash }) => hash) };
  }
}

function toStudy({ id, at, actor, content }: LedgerEntry): StudyAnswer {
  const { parameters, output } = content as FindingContent;
  const { dataset, pictures } = parameters as StudyParameters;
  const { features, trials } = output as StudiedPictures;
  const study = { findingId: id, at, by: actor.name, dataset, pictures: pictures.length, features, trials };
  return studySchema.parse(study);
}
