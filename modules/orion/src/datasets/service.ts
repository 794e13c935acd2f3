import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { CloudServices, MeasurementsReference } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { orionErrors } from '../errors.ts';
import { experimentErrors } from '../experiments/errors.ts';
import type { DatasetRow } from '../schema.ts';
import type { OrionThreads } from '../work/orion-threads.ts';
import { writeRecorded } from '../write-recorded.ts';
import { type FreezeOutput, type FreezeParameters, freezeMethod, freezeMethodId } from './freeze-method.ts';
import { DatasetRepository } from './repository.ts';
import { type Dataset, type DatasetInput, datasetInput } from './schemas.ts';

interface DatasetParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly cloud: Pick<CloudServices, 'measurements' | 'points' | 'plant'>;
  readonly threads: OrionThreads;
  readonly folder: string;
}

const jobType = 'orion.freeze';
/** Numbers that a frozen data set may hold: about 2 GB while it is made. */
const mostNumbers = 250_000_000;

/** Data sets for learning: columns frozen under the hash of their content, with evidence of the readings or the file that they came from. */
export class DatasetService {
  #parts: DatasetParts;
  #repository: DatasetRepository;
  /** Which job a run of the method belongs to, so that it shows its progress; a run by `verify` belongs to none. */
  #following = new AsyncLocalStorage<JobContext>();

  constructor(parts: DatasetParts) {
    this.#parts = parts;
    this.#repository = new DatasetRepository(parts.db);
    const { blobs, threads, ledger, jobs } = parts;
    const method = { blobs, threads, measurements: parts.cloud.measurements, folder: join(parts.folder, 'freezing') };
    ledger.registerMethod(freezeMethod(method, () => this.#following.getStore()));
    jobs.define({ type: jobType, schema: datasetInput, run: (input, context) => this.#freeze(input, context) });
  }

  /** Newest first. */
  async list(actor: Actor): Promise<Dataset[]> {
    requirePermission(actor, 'orion.experiment.read');
    return (await this.#repository.list(actor.siteIds)).map(toDataset);
  }

  /** Throws ORION_DATASET_UNKNOWN. */
  async dataset(actor: Actor, id: string): Promise<Dataset> {
    return toDataset(await this.#row(actor, id, 'read'));
  }

  /** Freezes columns as a job, whose result is the data set. Throws what the source is refused with. */
  async freeze(actor: Actor, input: DatasetInput): Promise<Job> {
    requirePermission(actor, 'orion.experiment.write', input.siteId);
    await this.#parts.cloud.plant.node(actor, input.siteId);
    await this.#basis(actor, input);
    return this.#parts.jobs.enqueue(actor, jobType, input, { siteId: input.siteId, subject: input.name });
  }

  /** The Parquet file. Throws ORION_DATASET_UNKNOWN. */
  async content(actor: Actor, id: string): Promise<{ name: string; content: Readable }> {
    const { name, hash } = await this.#row(actor, id, 'read');
    return { name, content: await this.#parts.blobs.get(hash) };
  }

  /** Takes it from the list; what learnt from it still finds it by its hash. */
  async remove(actor: Actor, id: string): Promise<void> {
    const { name, hash, site_id: siteId } = await this.#row(actor, id, 'write');
    const change = { type: 'dataset-remove', subject: id, siteId, content: { name, hash } };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.remove(id, this.#parts.clock.now()));
  }

  async #freeze(input: DatasetInput, context: JobContext): Promise<Dataset> {
    const { actor } = context;
    const { ledger, clock } = this.#parts;
    requirePermission(actor, 'orion.experiment.write', input.siteId);
    const { parameters, inputs } = await this.#basis(actor, input);
    const id = newId();
    const { id: findingId, output } = await this.#following.run(context, () =>
      ledger.conclude<FreezeOutput>(actor, {
        ...{ method: freezeMethodId, parameters, inputs, subject: id, siteId: input.siteId },
      }),
    );
    const time = (at: number | null) => (at === null ? null : new Date(at));
    const row: DatasetRow = {
      ...{ id, site_id: input.siteId, name: input.name, hash: output.hash, bytes: output.bytes },
      ...{ row_count: output.rows, columns: output.columns, first_time: time(output.from), last_time: time(output.to) },
      ...{ source: input.source, finding_id: findingId, created_at: clock.now(), removed_at: null },
      ...{ actor_id: actor.id, actor_name: actor.name },
    };
    const { name, siteId } = input;
    const taken = { orion_dataset_name: (cause: unknown) => experimentErrors.ORION_DATASET_EXISTS({ name }, cause) };
    const change = { type: 'dataset-freeze', subject: id, siteId, content: { name, hash: output.hash }, taken };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.insert(row));
    return toDataset(row);
  }

  /** What the freezing rests on, which the actor must be allowed to read. */
  async #basis(
    actor: Actor,
    { source, name }: DatasetInput,
  ): Promise<{ parameters: FreezeParameters; inputs: InputReference[] }> {
    if (source.kind === 'file') {
      requirePermission(actor, 'cloud.data.import');
      const { upload, ...parameters } = source;
      await this.#parts.blobs.stat(upload);
      return { parameters, inputs: [{ kind: 'blob', reference: { hash: upload } }] };
    }
    const rows = (Date.parse(source.to) - Date.parse(source.from)) / (1_000 * source.stepSeconds);
    if (!(rows >= 1))
      throw orionErrors.ORION_DATA_UNFIT({ learner: name, reason: 'the period is shorter than one step' });
    if (rows * source.columns.length > mostNumbers)
      throw orionErrors.ORION_TABLE_TOO_LARGE({
        ...{ fileName: name, megabytes: Math.round((8 * rows * source.columns.length) / 1e6) },
        limit: (8 * mostNumbers) / 1e6,
      });
    const columns: Extract<FreezeParameters, { kind: 'points' }>['columns'][number][] = [];
    const inputs: InputReference[] = [];
    for (const column of source.columns) {
      const point = await this.#parts.cloud.points.point(actor, column.pointId);
      requirePermission(actor, 'cloud.data.read', point.siteId);
      const { kind, stamp, registerMaximum } = point;
      columns.push({ name: column.name ?? point.name, kind, stamp, registerMaximum });
      const reference: MeasurementsReference = { pointId: column.pointId, from: source.from, to: source.to };
      inputs.push({ kind: 'measurements', reference });
    }
    const names = columns.map((column) => column.name);
    const twice = names.find((one, index) => names.indexOf(one) !== index);
    if (twice !== undefined)
      throw orionErrors.ORION_DATA_UNFIT({ learner: name, reason: `two columns are called ${twice}` });
    return { parameters: { ...source, columns }, inputs };
  }

  async #row(actor: Actor, id: string, right: 'read' | 'write'): Promise<DatasetRow> {
    requirePermission(actor, `orion.experiment.${right}`);
    const row = await this.#repository.byId(id);
    if (!row) throw experimentErrors.ORION_DATASET_UNKNOWN({ dataset: id });
    requirePermission(actor, `orion.experiment.${right}`, row.site_id);
    return row;
  }
}

const toDataset = (row: DatasetRow): Dataset => ({
  ...{ id: row.id, siteId: row.site_id, name: row.name, hash: row.hash, bytes: row.bytes, rows: row.row_count },
  columns: [...row.columns],
  ...{ from: row.first_time?.toISOString() ?? null, to: row.last_time?.toISOString() ?? null },
  ...{ source: row.source, findingId: row.finding_id, at: row.created_at.toISOString(), by: row.actor_name },
});
