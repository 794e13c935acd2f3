import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';
import { type DatasetService, readingOf } from '../datasets/service/service.ts';
import type { DatasetVersionService } from '../datasets/versions/service.ts';
import { type DescribedKind, describeKinds } from '../kinds/describe-kinds.ts';
import type { Estimate } from '../kinds/inspection.ts';
import type { InspectionRow, VersionRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { InspectionProcess } from '../work/inspection-process.ts';
import type { Tried } from '../work/messages.ts';
import { writeRecorded } from '../write-recorded.ts';
import { InspectionRepository } from './repository.ts';
import type {
  InspectionAnswer,
  InspectionChange,
  InspectionInput,
  TrainInput,
  TryInput,
  VersionAnswer,
} from './schemas.ts';
import { serverSettings } from './server-settings.ts';
import {
  type TrainOutput,
  type TrainParameters,
  type TrainPlaces,
  trainMethod,
  trainMethodId,
  withPartFiles,
} from './train-method.ts';

interface InspectionParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly datasets: DatasetService;
  readonly datasetVersions: DatasetVersionService;
  /** Where converted networks are kept. */
  readonly cache: string;
  /** For files in work. */
  readonly folder: string;
}

const jobType = 'manuvision.train';
/** How long the process that estimates and tries stays for the next question. */
const asideMs = 120_000;

/** Inspections and what was trained of them. */
export class InspectionService {
  #parts: InspectionParts;
  #repository: InspectionRepository;
  readonly #asideProcess = new InspectionProcess();
  #asideEnd: NodeJS.Timeout | undefined;
  #asked = 0;
  readonly #places: TrainPlaces;
  /** Which job a run of the method belongs to, so that it shows its progress; a run by `verify` belongs to none. */
  #following = new AsyncLocalStorage<JobContext>();

  constructor(parts: InspectionParts) {
    this.#parts = parts;
    this.#repository = new InspectionRepository(parts.db);
    this.#places = { blobs: parts.blobs, cache: parts.cache, folder: join(parts.folder, 'training') };
    parts.ledger.registerMethod(trainMethod(this.#places, () => this.#following.getStore()));
    parts.jobs.define({
      type: jobType,
      schema: z.object({ inspectionId: z.string(), dataset: z.string().optional() }),
      run: ({ inspectionId, dataset }, context) => this.#train(inspectionId, dataset, context),
    });
  }

  async list(actor: Actor): Promise<InspectionAnswer[]> {
    requirePermission(actor, 'manuvision.inspection.read');
    return this.#answers(await this.#repository.list(actor.siteIds));
  }

  async inspection(actor: Actor, id: string): Promise<InspectionAnswer> {
    return (await this.#answers([await this.row(actor, id, 'read')]))[0]!;
  }

  async create(actor: Actor, input: InspectionInput): Promise<InspectionAnswer> {
    const { siteId, datasetId, name, kind, promise, seed } = input;
    const settings = await serverSettings(kind, input.settings);
    requirePermission(actor, 'manuvision.inspection.write', siteId);
    const dataset = await this.#parts.datasets.row(actor, datasetId, 'read');
    if (dataset.site_id !== siteId) throw manuvisionServiceErrors.MANUVISION_DATASET_UNKNOWN({ dataset: datasetId });
    const row: InspectionRow = {
      ...{ id: newId(), site_id: siteId, dataset_id: datasetId, name, kind, promise, seed, settings },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    const taken = {
      manuvision_inspection_name: (cause: unknown) =>
        manuvisionServiceErrors.MANUVISION_INSPECTION_EXISTS({ name }, cause),
    };
    const content = { name, kind, promise, settings, dataset: datasetId };
    const change = { type: 'inspection-create', subject: row.id, siteId, content, taken };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.insert(row));
    return this.inspection(actor, row.id);
  }

  /** For the trainings that come; what is trained already stays as it is. */
  async change(actor: Actor, id: string, change: InspectionChange): Promise<InspectionAnswer> {
    const row = await this.row(actor, id, 'write');
    const { name = row.name, promise = row.promise, seed = row.seed } = change;
    const settings = change.settings ? await serverSettings(row.kind, change.settings) : row.settings;
    const values = { name, promise, seed, settings };
    const taken = {
      manuvision_inspection_name: (cause: unknown) =>
        manuvisionServiceErrors.MANUVISION_INSPECTION_EXISTS({ name }, cause),
    };
    const recorded = { type: 'inspection-change', subject: id, siteId: row.site_id, content: values, taken };
    await writeRecorded(this.#parts, actor, recorded, () => this.#repository.change(id, values));
    return this.inspection(actor, id);
  }

  /** What each kind of inspection can be told. */
  async kinds(actor: Actor): Promise<DescribedKind[]> {
    requirePermission(actor, 'manuvision.inspection.read');
    return describeKinds();
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { name, site_id: siteId } = await this.row(actor, id, 'write');
    const station = await this.#repository.usedBy(id);
    if (station) throw manuvisionServiceErrors.MANUVISION_INSPECTION_USED({ name, station });
    const change = { type: 'inspection-remove', subject: id, siteId, content: { name } };
    await writeRecorded(this.#parts, actor, change, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  /**
   * Queues a training on a version of the data set, or on what counts when it begins. Throws
   * MANUVISION_DATASET_VERSION_UNKNOWN.
   */
  async train(actor: Actor, id: string, { dataset }: TrainInput = {}): Promise<Job> {
    const { jobs, datasetVersions } = this.#parts;
    const row = await this.row(actor, id, 'write');
    if (dataset !== undefined) await datasetVersions.version(actor, row.dataset_id, dataset);
    const payload = { inspectionId: id, ...(dataset === undefined ? {} : { dataset }) };
    return jobs.enqueue(actor, jobType, payload, { siteId: row.site_id, subject: row.name });
  }

  /** What a training on the pictures that are there now will take on this machine. */
  async estimate(actor: Actor, id: string): Promise<Estimate> {
    const row = await this.row(actor, id, 'write');
    const pictures = await this.#parts.datasetVersions.labelledPictures(actor, row.dataset_id);
    const { kind, settings } = row;
    return withPartFiles(this.#places, pictures, (files) =>
      this.#aside((process) => process.estimate({ kind, settings, cache: this.#parts.cache, ...files })),
    );
  }

  /** What a kind that learns nothing says of a picture by settings that are not kept; nothing is written. */
  async try(actor: Actor, datasetId: string, pictureId: string, { kind, settings }: TryInput): Promise<Tried> {
    const dataset = await this.#parts.datasets.row(actor, datasetId, 'read');
    requirePermission(actor, 'manuvision.inspection.write', dataset.site_id);
    const { picture } = await this.#parts.datasets.picture(actor, datasetId, pictureId, 'read');
    const reading = readingOf(dataset);
    const bytes = await this.#parts.blobs.read(picture.hash);
    const request = {
      kind,
      settings: await serverSettings(kind, settings),
      picture: bytes,
      reading,
      cache: this.#parts.cache,
    };
    return this.#aside((process) => process.try(request));
  }

  close(): Promise<void> {
    clearTimeout(this.#asideEnd);
    return this.#asideProcess.close();
  }

  /** Runs what is asked beside trainings and stations in a process that ends after a while without questions. */
  async #aside<T>(ask: (process: InspectionProcess) => Promise<T>): Promise<T> {
    clearTimeout(this.#asideEnd);
    this.#asked += 1;
    try {
      return await ask(this.#asideProcess);
    } finally {
      this.#asked -= 1;
      if (this.#asked === 0) {
        this.#asideEnd = setTimeout(() => void this.#asideProcess.close(), asideMs).unref();
      }
    }
  }

  /** Newest first. */
  async versions(actor: Actor, id: string): Promise<VersionAnswer[]> {
    await this.row(actor, id, 'read');
    return (await this.#repository.versions(id)).map(toVersion);
  }

  /** The one file. */
  async model(actor: Actor, id: string, version: number): Promise<Readable> {
    return this.#parts.blobs.get((await this.version(actor, id, version)).model);
  }

  /** What has judged parts, also where its inspection was taken away since. Throws MANUVISION_VERSION_UNKNOWN. */
  async judgedBy(
    actor: Actor,
    id: string,
    version: number,
  ): Promise<{ inspection: InspectionRow; version: VersionRow }> {
    const inspection = await this.#repository.byId(id);
    if (!inspection) throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: id });
    requirePermission(actor, 'manuvision.inspection.read', inspection.site_id);
    const found = await this.#repository.version(id, version);
    if (!found) throw manuvisionServiceErrors.MANUVISION_VERSION_UNKNOWN({ name: inspection.name, version });
    return { inspection, version: found };
  }

  /** Throws MANUVISION_VERSION_UNKNOWN. */
  async version(actor: Actor, id: string, version: number): Promise<VersionRow> {
    const { name } = await this.row(actor, id, 'read');
    const found = await this.#repository.version(id, version);
    if (!found) throw manuvisionServiceErrors.MANUVISION_VERSION_UNKNOWN({ name, version });
    return found;
  }

  /**
   * A version of an inspection that learns from a data set: what was trained last, unless something is asked for. Throws
   * MANUVISION_NOTHING_TRAINED, MANUVISION_INSPECTION_UNKNOWN, MANUVISION_VERSION_UNKNOWN.
   */
  async ofDataset(
    actor: Actor,
    dataset: { readonly id: string; readonly name: string },
    wanted: { readonly inspectionId?: string | undefined; readonly version?: number | undefined },
  ): Promise<{ inspection: InspectionRow; version: VersionRow }> {
    const last = wanted.inspectionId ? undefined : await this.#repository.newestOf(dataset.id);
    const id = wanted.inspectionId ?? last?.inspectionId;
    if (!id) throw manuvisionServiceErrors.MANUVISION_NOTHING_TRAINED({ dataset: dataset.name });
    const inspection = await this.row(actor, id, 'read');
    if (inspection.dataset_id !== dataset.id)
      throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: id });
    const number = wanted.version ?? last?.version ?? (await this.#repository.versions(id))[0]?.version;
    if (!number) throw manuvisionServiceErrors.MANUVISION_NOTHING_TRAINED({ dataset: dataset.name });
    return { inspection, version: await this.version(actor, id, number) };
  }

  /** The next version, of what was trained or whose threshold was set anew. Whether the actor may is asked by who calls. */
  async addVersion(
    actor: Actor,
    id: string,
    made: Pick<VersionRow, 'model' | 'result' | 'settings' | 'finding_id' | 'network_of'>,
  ): Promise<VersionRow> {
    const { db, clock } = this.#parts;
    return db.transaction(async () => {
      const [newest] = await this.#repository.versions(id);
      const added: VersionRow = {
        ...{ ...made, inspection_id: id, version: (newest?.version ?? 0) + 1, threshold: made.result.threshold },
        ...{ created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
      };
      await this.#repository.insertVersion(added);
      return added;
    });
  }

  /** Throws MANUVISION_INSPECTION_UNKNOWN, and where the actor may not. */
  async row(actor: Actor, id: string, right: 'read' | 'write'): Promise<InspectionRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: id });
    requirePermission(actor, `manuvision.inspection.${right}`, row.site_id);
    if (row.removed_at) throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: id });
    return row;
  }

  /** @param wanted version of the data set; left out, what counts now is frozen */
  async #train(id: string, wanted: string | undefined, context: JobContext): Promise<VersionAnswer> {
    const { actor } = context;
    const { ledger, datasetVersions } = this.#parts;
    const row = await this.row(actor, id, 'write');
    const dataset = wanted ?? (await datasetVersions.freeze(actor, row.dataset_id, 'read')).version;
    const pictures = await datasetVersions.labelledPictures(actor, row.dataset_id, dataset);
    const parameters: TrainParameters = {
      ...{ kind: row.kind, seed: row.seed, falseRejects: row.promise, settings: row.settings, dataset },
    };
    const hashes = [dataset, ...pictures.map(({ hash }) => hash)];
    const { id: findingId, output } = await this.#following.run(context, () =>
      ledger.conclude<TrainOutput>(actor, {
        ...{ method: trainMethodId, parameters, subject: id, siteId: row.site_id },
        inputs: hashes.map((hash) => ({ kind: 'blob', reference: { hash } })),
      }),
    );
    const { model, ...result } = output;
    const made = { model, result, settings: row.settings, finding_id: findingId, network_of: null };
    return toVersion(await this.addVersion(actor, id, made));
  }

  async #answers(rows: readonly InspectionRow[]): Promise<InspectionAnswer[]> {
    const newest = await this.#repository.newest();
    return rows.map((row) => ({
      ...{ id: row.id, siteId: row.site_id, datasetId: row.dataset_id, name: row.name, kind: row.kind },
      ...{
        promise: row.promise,
        seed: row.seed,
        settings: { ...row.settings },
        newestVersion: newest.get(row.id) ?? 0,
      },
      createdAt: row.created_at.toISOString(),
    }));
  }
}

function toVersion(row: VersionRow): VersionAnswer {
  const { images, falseRejects, dataset = null, leftOut = [], details } = row.result;
  return {
    ...{ version: row.version, model: row.model, threshold: row.threshold, images, falseRejects },
    ...{ settings: { ...row.settings }, networkOf: row.network_of, dataset, leftOut: [...leftOut] },
    ...{ details: { ...details }, findingId: row.finding_id, at: row.created_at.toISOString(), by: row.actor_name },
  };
}
