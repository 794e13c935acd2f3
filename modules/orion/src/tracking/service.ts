import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { experimentErrors } from '../experiments/errors.ts';
import { ExperimentRepository, type TrialNow } from '../experiments/repository.ts';
import { emptyTrial } from '../experiments/service.ts';
import type { ExperimentRow, MetricRow, TrialFileRow } from '../schema.ts';
import { writeRecorded } from '../write-recorded.ts';
import { trackingErrors } from './errors.ts';
import { type Field, type FieldValue, parseFilter, parseOrder } from './filter.ts';
import { endedOf, figuresOf, paramsOf, type Requests, statusOf, tagsOfExperiment, tagsOfRun } from './messages.ts';
import { TrackingRepository } from './repository.ts';

interface TrackingParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

export interface RunNow {
  readonly row: TrialNow;
  readonly last: readonly MetricRow[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What a client logs to that named no experiment. */
const defaultName = 'Default';

/**
 * Experiments and runs as MLflow clients see and log them: they log to experiments of their own, and read trials of Millwright as runs.
 */
export class TrackingService {
  #parts: TrackingParts;
  #experiments: ExperimentRepository;
  #repository: TrackingRepository;

  constructor(parts: TrackingParts) {
    this.#parts = parts;
    this.#experiments = new ExperimentRepository(parts.db);
    this.#repository = new TrackingRepository(parts.db);
  }

  /** Throws ORION_EXPERIMENT_UNKNOWN. What is deleted is still shown. */
  async experiment(actor: Actor, id: string): Promise<ExperimentRow> {
    return this.#experiment(actor, id, 'read');
  }

  async experimentByName(actor: Actor, name: string): Promise<ExperimentRow> {
    requirePermission(actor, 'orion.experiment.read');
    const row = await this.#experiments.byName(name);
    if (!row) throw experimentErrors.ORION_EXPERIMENT_UNKNOWN({ experiment: name });
    requirePermission(actor, 'orion.experiment.read', row.site_id ?? undefined);
    return row;
  }

  /** Throws ORION_EXPERIMENT_EXISTS. */
  async createExperiment(actor: Actor, { name, tags }: Requests['experimentCreate']): Promise<string> {
    requirePermission(actor, 'orion.experiment.write');
    const now = this.#parts.clock.now();
    const row: ExperimentRow = {
      ...{ id: newId(), site_id: null, name, origin: 'client', dataset_id: null, data_hash: null, family: null },
      ...{ task: null, search: null, folds: null, seed: null, tags: membersOf(tags), removed_at: null },
      ...{ created_at: now, updated_at: now, actor_id: actor.id, actor_name: actor.name },
    };
    await this.#recorded(actor, row, 'experiment-create', { name, client: true }, () => this.#experiments.insert(row));
    return row.id;
  }

  async renameExperiment(actor: Actor, { experiment_id, new_name: name }: Requests['experimentUpdate']): Promise<void> {
    const row = await this.#experiment(actor, experiment_id, 'write');
    await this.#recorded(actor, { ...row, name }, 'experiment-rename', { name, before: row.name }, () =>
      this.#experiments.change(row.id, { name, updated_at: this.#parts.clock.now() }),
    );
  }

  /** Deletes or restores one that a client logs to. Those that Millwright tries are removed on their page, which ends what runs. */
  async setExperimentRemoved(actor: Actor, id: string, removed: boolean): Promise<void> {
    const row = await this.#experiment(actor, id, 'write');
    if (row.origin !== 'client') throw trackingErrors.TRACKING_TRIAL_FIXED({ name: row.name });
    const now = this.#parts.clock.now();
    const type = removed ? 'experiment-remove' : 'experiment-restore';
    await this.#recorded(actor, row, type, { name: row.name }, () =>
      this.#experiments.change(row.id, { removed_at: removed ? now : null, updated_at: now }),
    );
  }

  async tagExperiment(actor: Actor, { experiment_id, key, value }: Requests['experimentTag']): Promise<void> {
    const { id } = await this.#experiment(actor, experiment_id, 'write');
    await this.#repository.mergeExperimentTags(id, { [key]: value });
  }

  /** Throws TRACKING_FILTER_INVALID. */
  async searchExperiments(actor: Actor, request: Requests['experimentSearch']): Promise<Page<ExperimentRow>> {
    requirePermission(actor, 'orion.experiment.read');
    const rows = await this.#repository.experiments(actor.siteIds);
    const read = (row: ExperimentRow, { of, name }: Field): FieldValue => {
      if (of === 'tag') return tagsOfExperiment(row)[name];
      const attributes: Record<string, FieldValue> = {
        ...{ name: row.name, experiment_id: row.id, creation_time: row.created_at.getTime() },
        last_update_time: row.updated_at.getTime(),
      };
      return attributes[name];
    };
    return pageOf(chosen(rows, request, request.view_type, read), request);
  }

  /** Throws ORION_TRIAL_UNKNOWN. */
  async run(actor: Actor, id: string): Promise<RunNow> {
    const { row } = await this.#run(actor, id, 'read');
    return { row, last: await this.#repository.lastMetrics([row.id]) };
  }

  /** Throws TRACKING_TRIAL_FIXED for an experiment that Millwright does itself. */
  async createRun(actor: Actor, request: Requests['runCreate']): Promise<RunNow> {
    const experiment = await this.#experiment(actor, request.experiment_id, 'write', true);
    if (experiment.origin !== 'client') throw trackingErrors.TRACKING_TRIAL_FIXED({ name: experiment.name });
    const { db, clock } = this.#parts;
    const tags = membersOf(request.tags);
    const id = newId();
    await db.transaction(async () => {
      const number = await this.#experiments.nextNumber(experiment.id);
      const name = request.run_name ?? tags['mlflow.runName'] ?? `run ${number}`;
      await this.#experiments.insertTrials([
        {
          ...{ ...emptyTrial(id, experiment.id, number, actor, clock.now()), name },
          tags: { ...(request.user_id === undefined ? {} : { 'mlflow.user': request.user_id }), ...tags },
          started_at: request.start_time === undefined ? clock.now() : new Date(request.start_time),
        },
      ]);
    });
    return this.run(actor, id);
  }

  async updateRun(actor: Actor, request: Requests['runUpdate']): Promise<RunNow> {
    const { row } = await this.#ownRun(actor, idOf(request));
    const { status, end_time: end, run_name: name } = request;
    const ended = status && endedOf[status];
    const endedAt = end === undefined ? this.#parts.clock.now() : new Date(end);
    await this.#experiments.changeTrial(row.id, {
      ...(name === undefined ? {} : { name }),
      ...(ended === undefined ? {} : { ended, ended_at: ended === null ? null : endedAt }),
      ...(ended && row.started_at ? { seconds: (endedAt.getTime() - row.started_at.getTime()) / 1_000 } : {}),
    });
    if (name !== undefined) await this.#repository.merge(row.id, 'tags', { 'mlflow.runName': name });
    return this.run(actor, row.id);
  }

  async setRunRemoved(actor: Actor, id: string, removed: boolean): Promise<void> {
    const { row, experiment } = await this.#ownRun(actor, id);
    await this.#recorded(actor, experiment, removed ? 'run-remove' : 'run-restore', { run: row.name, id }, () =>
      this.#experiments.changeTrial(id, { removed_at: removed ? this.#parts.clock.now() : null }),
    );
  }

  /** Throws TRACKING_FILTER_INVALID. Experiments that the actor does not see are left out. */
  async searchRuns(actor: Actor, request: Requests['runSearch']): Promise<Page<RunNow>> {
    requirePermission(actor, 'orion.experiment.read');
    const seen = new Set((await this.#repository.experiments(actor.siteIds)).map(({ id }) => id));
    const wanted = await Promise.all(request.experiment_ids.map((id) => (id === '0' ? this.#defaultId() : id)));
    const rows = await this.#repository.runs(wanted.filter((id) => id !== undefined && seen.has(id)) as string[]);
    const last = await this.#repository.lastMetrics(rows.map(({ id }) => id));
    const lastOf = Map.groupBy(last, ({ trial_id }) => trial_id);
    const read = (row: TrialNow, { of, name }: Field): FieldValue => {
      if (of === 'metric') return figuresOf(row, lastOf.get(row.id) ?? []).find(({ key }) => key === name)?.value;
      if (of === 'param') return paramsOf(row)[name];
      if (of === 'tag') return tagsOfRun(row)[name];
      const attributes: Record<string, FieldValue> = {
        ...{ run_id: row.id, run_name: row.name, 'run name': row.name, status: statusOf(row) },
        ...{ user_id: row.tags['mlflow.user'] ?? row.actor_name, end_time: row.ended_at?.getTime() },
        start_time: (row.started_at ?? row.created_at).getTime(),
      };
      return attributes[name === 'created' ? 'start_time' : name];
    };
    const { items, next } = pageOf(chosen(rows, request, request.run_view_type, read), request);
    return {
      items: items.map((row) => ({ row, last: lastOf.get(row.id) ?? [] })),
      ...(next !== undefined && { next }),
    };
  }

  /** All or nothing. Throws TRACKING_PARAM_CHANGED, TRACKING_TRIAL_FIXED. */
  async log(actor: Actor, { metrics, params, tags, ...of }: Requests['batch']): Promise<void> {
    const { row } = await this.#ownRun(actor, idOf(of));
    const { db, clock } = this.#parts;
    await db.transaction(async () => {
      const known = await this.#repository.lockRun(row.id);
      for (const { key, value } of params)
        if (Object.hasOwn(known, key) && known[key] !== value)
          throw trackingErrors.TRACKING_PARAM_CHANGED({ key, before: String(known[key]), after: value });
      const rows = metrics.map(({ key, value, timestamp, step }) => ({
        ...{ trial_id: row.id, key, value, step, at: timestamp > 0 ? new Date(timestamp) : clock.now() },
      }));
      await this.#experiments.addMetrics(rows);
      if (params.length > 0) await this.#repository.merge(row.id, 'params', membersOf(params));
      if (tags.length > 0) await this.#repository.merge(row.id, 'tags', membersOf(tags));
      const finite = Object.fromEntries(
        metrics.flatMap(({ key, value }) => (Number.isFinite(value) ? [[key, value]] : [])),
      );
      if (metrics.length > 0) await this.#repository.merge(row.id, 'metrics', finite);
    });
  }

  /** Also of a trial that Millwright did. */
  async tagRun(actor: Actor, { key, value, ...of }: Requests['tag']): Promise<void> {
    const { row } = await this.#run(actor, idOf(of), 'write');
    await this.#repository.merge(row.id, 'tags', { [key]: value });
  }

  async removeTag(actor: Actor, { key, ...of }: Requests['tagDelete']): Promise<void> {
    const { row } = await this.#run(actor, idOf(of), 'write');
    await this.#repository.removeTag(row.id, key);
  }

  async history(actor: Actor, { metric_key: key, ...request }: Requests['history']): Promise<Page<MetricRow>> {
    const { row } = await this.#run(actor, idOf(request), 'read');
    return pageOf(await this.#experiments.metrics([row.id], key), request);
  }

  /** Files and folders right below a path of a run. Throws TRACKING_PATH_INVALID. */
  async files(actor: Actor, runId: string, below = ''): Promise<{ path: string; bytes: number | null }[]> {
    const { row } = await this.#run(actor, runId, 'read');
    const folder = checkedPath(below, true);
    const start = folder === '' ? '' : `${folder}/`;
    const found = new Map<string, number | null>();
    for (const { path, bytes } of await this.#experiments.files(row.id)) {
      if (!path.startsWith(start)) continue;
      const [name, ...deeper] = path.slice(start.length).split('/');
      found.set(`${start}${name}`, deeper.length > 0 ? null : bytes);
    }
    return [...found].map(([path, bytes]) => ({ path, bytes }));
  }

  /** Throws TRACKING_FILE_UNKNOWN. */
  async file(actor: Actor, runId: string, path: string): Promise<{ file: TrialFileRow; content: Readable }> {
    const { row } = await this.#run(actor, runId, 'read');
    const file = (await this.#experiments.files(row.id)).find((one) => one.path === path);
    if (!file) throw trackingErrors.TRACKING_FILE_UNKNOWN({ path });
    return { file, content: await this.#parts.blobs.get(file.hash) };
  }

  async putFile(actor: Actor, runId: string, path: string, content: Readable): Promise<void> {
    const { row } = await this.#ownRun(actor, runId);
    const checked = checkedPath(path, false);
    const { hash, size } = await this.#parts.blobs.put(content);
    await this.#experiments.putFile({ trial_id: row.id, path: checked, hash, bytes: size });
  }

  async removeFiles(actor: Actor, runId: string, path: string): Promise<void> {
    const { row } = await this.#ownRun(actor, runId);
    await this.#repository.removeFiles(row.id, checkedPath(path, false));
  }

  async #defaultId(): Promise<string | undefined> {
    return (await this.#experiments.byName(defaultName))?.id;
  }

  /** `0` is what clients log to that named none: it is made when something is logged to it. */
  async #experiment(actor: Actor, id: string, right: 'read' | 'write', make = false): Promise<ExperimentRow> {
    requirePermission(actor, `orion.experiment.${right}`);
    let real = id === '0' ? await this.#defaultId() : id;
    if (real === undefined && make) real = await this.createExperiment(actor, { name: defaultName, tags: [] });
    const row = real !== undefined && uuid.test(real) ? await this.#experiments.byId(real) : undefined;
    if (!row) throw experimentErrors.ORION_EXPERIMENT_UNKNOWN({ experiment: id });
    requirePermission(actor, `orion.experiment.${right}`, row.site_id ?? undefined);
    return row;
  }

  async #run(actor: Actor, given: string, right: 'read' | 'write') {
    requirePermission(actor, `orion.experiment.${right}`);
    // Clients write the ids of runs without hyphens where they make them.
    const id = /^[0-9a-f]{32}$/.test(given) ? given.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : given;
    const row = uuid.test(id) ? await this.#repository.run(id) : undefined;
    if (!row) throw experimentErrors.ORION_TRIAL_UNKNOWN({ trial: given });
    return { row, experiment: await this.#experiment(actor, row.experiment_id, right) };
  }

  async #ownRun(actor: Actor, id: string) {
    const found = await this.#run(actor, id, 'write');
    if (found.experiment.origin !== 'client') throw trackingErrors.TRACKING_TRIAL_FIXED({ name: found.row.name });
    return found;
  }

  async #recorded(
    actor: Actor,
    { id, name, site_id: siteId }: ExperimentRow,
    type: string,
    content: object,
    work: () => Promise<void>,
  ): Promise<void> {
    const taken = {
      orion_experiment_name: (cause: unknown) => experimentErrors.ORION_EXPERIMENT_EXISTS({ name }, cause),
    };
    await writeRecorded(this.#parts, actor, { type, subject: id, siteId, content, taken }, work);
  }
}

const membersOf = (pairs: readonly { readonly key: string; readonly value: string }[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

const idOf = ({ run_id, run_uuid }: Requests['runOf']): string => run_id ?? run_uuid ?? '';

/** Throws TRACKING_PATH_INVALID. */
function checkedPath(path: string, mayBeEmpty: boolean): string {
  const steps = path.split('/').filter((step) => step !== '');
  if (steps.some((step) => step === '.' || step === '..') || path.length > 1_000 || (steps.length === 0 && !mayBeEmpty))
    throw trackingErrors.TRACKING_PATH_INVALID({ path });
  return steps.join('/');
}

/** What the filter lets through of what is deleted or not, in the order asked for; what lacks the field comes last. */
function chosen<Row extends { readonly removed_at: Date | null }>(
  rows: readonly Row[],
  { filter, order_by: orders }: { readonly filter?: string | undefined; readonly order_by: readonly string[] },
  view: string,
  read: (row: Row, field: Field) => FieldValue,
): Row[] {
  const passes = parseFilter(filter);
  const found = rows.filter(
    (row) =>
      (view === 'ALL' || (view === 'DELETED_ONLY') === (row.removed_at !== null)) &&
      passes((field) => read(row, field)),
  );
  const keys = orders.map(parseOrder);
  return found.sort((one, other) => {
    for (const { field, descending } of keys) {
      const [a, b] = [read(one, field), read(other, field)];
      if (a === b) continue;
      if (a === undefined) return 1;
      if (b === undefined) return -1;
      return a < b === descending ? 1 : -1;
    }
    return 0;
  });
}

function pageOf<T>(
  all: readonly T[],
  { max_results: most, page_token: token }: { readonly max_results: number; readonly page_token?: string | undefined },
): Page<T> {
  const from = Number(token || 0) || 0;
  const items = all.slice(from, from + most);
  return { items, ...(from + most < all.length && { next: String(from + most) }) };
}
