import { AsyncLocalStorage } from 'node:async_hooks';
import { hostname } from 'node:os';
import type { CloudServices, ModelVersion } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { JobContext, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, isMillwrightError, type Logger, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';
import type { DatasetService } from '../datasets/service.ts';
import type { ExperimentRow, TrialRow } from '../schema.ts';
import { localBlob } from '../work/local-blob.ts';
import type { Curve } from '../work/messages.ts';
import type { Following, OrionThreads } from '../work/orion-threads.ts';
import { writeRecorded } from '../write-recorded.ts';
import { codeVersion } from './code-version.ts';
import { trialDriver } from './drivers/registry.ts';
import type { TrialPlan } from './drivers/trial-driver.ts';
import { experimentErrors } from './errors.ts';
import { expandSearch } from './expand-search.ts';
import { ExperimentRepository, type TrialNow } from './repository.ts';
import {
  type CurvePoint,
  type Experiment,
  type ExperimentInput,
  type RegisterInput,
  type Trial,
  type TrialFilter,
  type TrialState,
  trialStates,
} from './schemas.ts';
import { type TrialOutput, type TrialPlaces, trialMethod, trialMethodId } from './trial-method.ts';

interface ExperimentParts extends TrialPlaces {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly logger: Logger;
  readonly cloud: Pick<CloudServices, 'models'>;
  readonly datasets: DatasetService;
  /** For what is asked while an experiment is set up. */
  readonly aside: OrionThreads;
}

const jobType = 'orion.trial';
/** Workers are switched off as people like: a trial survives that often. What fills the memory ends its thread, not the process. */
const takeUps = 25;
const worker = `${hostname()}/${process.pid}`;

/** Experiments: sets of trials on the job queue, done by any worker, with the same result however many there are. */
export class ExperimentService {
  #parts: ExperimentParts;
  #repository: ExperimentRepository;
  /** Which job a run of the method belongs to; a run by `verify` belongs to none. */
  #following = new AsyncLocalStorage<Following>();

  constructor(parts: ExperimentParts) {
    this.#parts = parts;
    this.#repository = new ExperimentRepository(parts.db);
    parts.ledger.registerMethod(trialMethod(parts, () => this.#following.getStore()));
    parts.jobs.define({
      ...{ type: jobType, takeUps, schema: z.object({ trialId: z.string() }) },
      run: ({ trialId }, context) => this.#run(trialId, context),
    });
  }

  async list(actor: Actor): Promise<Experiment[]> {
    requirePermission(actor, 'orion.experiment.read');
    return this.#answers(await this.#repository.list(actor.siteIds));
  }

  /** Throws ORION_EXPERIMENT_UNKNOWN. */
  async experiment(actor: Actor, id: string): Promise<Experiment> {
    return (await this.#answers([await this.row(actor, id, 'read')]))[0]!;
  }

  /** Sets up the trials and queues them. Throws what the task and the settings are refused with. */
  async create(actor: Actor, input: ExperimentInput): Promise<Experiment> {
    requirePermission(actor, 'orion.experiment.write');
    const dataset = await this.#parts.datasets.dataset(actor, input.datasetId);
    requirePermission(actor, 'orion.experiment.write', dataset.siteId);
    const { name, family, search, folds, seed } = input;
    const driver = await trialDriver(family);
    const told = driver.task.safeParse(input.task);
    if (!told.success) {
      const [issue] = told.error.issues;
      const where = issue!.path.map(String).join('.') || '(the whole)';
      throw experimentErrors.ORION_TASK_INVALID({ family, where, reason: issue!.message });
    }
    const task = told.data;
    const { blobs, aside, cache, clock, jobs } = this.#parts;
    const data = { hash: dataset.hash, path: await localBlob(blobs, dataset.hash, cache) };
    const tried = await expandSearch(search, seed, (kind) =>
      aside.ask('candidates', { data, plan: { family, task, kind } }),
    );
    for (const plan of tried) await aside.ask('check', { data, plan: { family, task, folds, seed, ...plan } });
    const [now, by] = [clock.now(), { actor_id: actor.id, actor_name: actor.name }];
    const row: ExperimentRow = {
      ...{ id: newId(), site_id: dataset.siteId, name, origin: 'search', dataset_id: dataset.id },
      ...{ data_hash: dataset.hash, family, task, search, folds, seed, tags: {} },
      ...{ created_at: now, updated_at: now, ...by, removed_at: null },
    };
    const content = { name, data: dataset.hash, family, task, folds, seed, trials: tried.length };
    const taken = {
      orion_experiment_name: (cause: unknown) => experimentErrors.ORION_EXPERIMENT_EXISTS({ name }, cause),
    };
    const change = { type: 'experiment-create', subject: row.id, siteId: row.site_id, content, taken };
    await writeRecorded(this.#parts, actor, change, async () => {
      await this.#repository.insert(row);
      const trials = tried.map(
        ({ kind, settings }, index): TrialRow => ({
          ...emptyTrial(newId(), row.id, index + 1, actor, now),
          ...{ name: `${kind} ${index + 1}`, kind, params: settings, seed },
        }),
      );
      await this.#repository.insertTrials(trials);
      for (const trial of trials) await this.#queue(actor, row, trial.id, jobs);
    });
    return this.experiment(actor, row.id);
  }

  async trials(actor: Actor, id: string, filter: TrialFilter): Promise<{ items: Trial[]; total: number }> {
    await this.row(actor, id, 'read');
    const { rows, total } = await this.#repository.trials(id, filter);
    return { items: rows.map(toTrial), total };
  }

  /** Throws ORION_TRIAL_UNKNOWN. */
  async trial(actor: Actor, id: string): Promise<Trial> {
    return toTrial((await this.#trial(actor, id, 'read')).trial);
  }

  /** Every value of every figure of a trial, in the order it came. */
  async curve(actor: Actor, id: string): Promise<CurvePoint[]> {
    await this.#trial(actor, id, 'read');
    return (await this.#repository.metrics([id])).map(({ key, value, step, at }) => ({
      ...{ key, value, step, at: at.toISOString() },
    }));
  }

  /** Ends what waits and what runs; what is done stays, and `resume` goes on. */
  async cancel(actor: Actor, id: string): Promise<Experiment> {
    const row = await this.row(actor, id, 'write');
    const { jobs, clock } = this.#parts;
    for (const { id: trialId, state, job_id: jobId } of await this.#repository.allTrials(id)) {
      if (state !== 'queued' && state !== 'running') continue;
      await this.#repository.endTrial(trialId, { ended: 'cancelled', ended_at: clock.now() });
      if (jobId === null) continue;
      await jobs.cancel(actor, jobId).catch((error: unknown) => {
        // Done between the two.
        if (!isMillwrightError(error) || (error.code !== 'JOB_ENDED' && error.code !== 'JOB_UNKNOWN')) throw error;
      });
    }
    const change = { type: 'experiment-cancel', subject: id, siteId: row.site_id, content: { name: row.name } };
    await writeRecorded(this.#parts, actor, change, async () => undefined);
    return this.experiment(actor, id);
  }

  /** Queues again what was cancelled or failed. */
  async resume(actor: Actor, id: string): Promise<Experiment> {
    const row = await this.row(actor, id, 'write');
    if (row.origin !== 'search') throw experimentErrors.ORION_EXPERIMENT_NOT_OURS({ name: row.name });
    const again = (await this.#repository.allTrials(id)).filter(
      ({ state }) => state === 'cancelled' || state === 'failed',
    );
    const change = { type: 'experiment-resume', subject: id, siteId: row.site_id, content: { trials: again.length } };
    await writeRecorded(this.#parts, actor, change, async () => {
      for (const { id: trialId } of again) {
        await this.#repository.changeTrial(trialId, { ended: null, ended_at: null, error: null, metrics: {} });
        await this.#queue(actor, row, trialId, this.#parts.jobs);
      }
    });
    return this.experiment(actor, id);
  }

  /** Takes it from the list after ending what runs. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.row(actor, id, 'write');
    await this.cancel(actor, id);
    const change = { type: 'experiment-remove', subject: id, siteId: row.site_id, content: { name: row.name } };
    await writeRecorded(this.#parts, actor, change, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  /** Enters what a trial learnt as a draft of a model, with its lineage. Throws ORION_TRIAL_NOT_DONE. */
  async register(
    actor: Actor,
    trialId: string,
    { modelId, name, siteId, nodeId }: RegisterInput,
  ): Promise<{ modelId: string; version: ModelVersion }> {
    const { trial, experiment } = await this.#trial(actor, trialId, 'read');
    if (trial.ended !== 'done' || trial.artefact === null)
      throw experimentErrors.ORION_TRIAL_NOT_DONE({ name: trial.name });
    const { models } = this.#parts.cloud;
    const site = siteId ?? experiment.site_id;
    if (modelId === undefined && site === null) throw experimentErrors.ORION_SITE_MISSING({ name: experiment.name });
    const family = experiment.family ?? 'client';
    const given = { siteId: site!, nodeId: nodeId ?? null, name: name ?? experiment.name, family };
    const model = modelId === undefined ? await models.create(actor, given) : await models.model(actor, modelId);
    const version = await models.addVersion(actor, model.id, {
      ...{ artefact: trial.artefact, fileName: `${trial.kind || 'model'}.json` },
      card: {
        ...{ family: experiment.family, kind: trial.kind, task: experiment.task, settings: trial.params },
        ...{ seed: trial.seed, metrics: trial.metrics, folds: trial.folds, codeVersion: trial.code_version },
      },
      parentVersion: model.liveVersion,
      ...{ dataHash: experiment.data_hash, experimentId: experiment.id, trialId, findingId: trial.finding_id },
    });
    return { modelId: model.id, version };
  }

  /** Throws ORION_EXPERIMENT_UNKNOWN, and where the actor may not. */
  async row(actor: Actor, id: string, right: 'read' | 'write'): Promise<ExperimentRow> {
    requirePermission(actor, `orion.experiment.${right}`);
    const row = await this.#repository.byId(id);
    if (!row || row.removed_at) throw experimentErrors.ORION_EXPERIMENT_UNKNOWN({ experiment: id });
    requirePermission(actor, `orion.experiment.${right}`, row.site_id ?? undefined);
    return row;
  }

  async #trial(
    actor: Actor,
    id: string,
    right: 'read' | 'write',
  ): Promise<{ trial: TrialNow; experiment: ExperimentRow }> {
    requirePermission(actor, `orion.experiment.${right}`);
    const trial = await this.#repository.trial(id);
    if (!trial) throw experimentErrors.ORION_TRIAL_UNKNOWN({ trial: id });
    return { trial, experiment: await this.row(actor, trial.experiment_id, right) };
  }

  async #queue(actor: Actor, { name, site_id: siteId }: ExperimentRow, trialId: string, jobs: Jobs): Promise<void> {
    const options = { subject: name, ...(siteId !== null && { siteId }) };
    const job = await jobs.enqueue(actor, jobType, { trialId }, options);
    await this.#repository.changeTrial(trialId, { job_id: job.id });
  }

  /** One trial, on whichever machine its job was taken. It may have been begun before by a worker that was killed. */
  async #run(trialId: string, context: JobContext): Promise<{ metrics: Readonly<Record<string, number>> }> {
    const { trial, experiment } = await this.#trial(context.actor, trialId, 'write');
    // A worker that was taken for dead has finished it meanwhile.
    if (trial.ended === 'done') return { metrics: trial.metrics };
    const { ledger, clock } = this.#parts;
    const plan: TrialPlan = {
      ...{ family: experiment.family!, task: experiment.task!, kind: trial.kind, settings: trial.params },
      ...{ folds: experiment.folds!, seed: trial.seed! },
    };
    await this.#repository.clearMetrics(trialId);
    const startedAt = clock.now();
    await this.#repository.changeTrial(trialId, { worker, code_version: codeVersion(), started_at: startedAt });
    let curves: Promise<void> = Promise.resolve();
    const following: Following = {
      signal: context.signal,
      progress: context.progress,
      curve: (curve) => {
        curves = curves.then(() => this.#noteCurve(trialId, curve));
      },
    };
    const end = () => {
      const now = clock.now();
      return { ended_at: now, seconds: (now.getTime() - startedAt.getTime()) / 1_000 };
    };
    try {
      const { id: findingId, output } = await this.#following.run(following, () =>
        ledger.conclude<TrialOutput>(context.actor, {
          ...{ method: trialMethodId, parameters: plan, subject: trialId },
          ...(experiment.site_id !== null && { siteId: experiment.site_id }),
          inputs: [{ kind: 'blob', reference: { hash: experiment.data_hash } }],
        }),
      );
      await curves;
      const { metrics, folds, artefact } = output;
      const { size } = await this.#parts.blobs.stat(artefact);
      await this.#repository.putFile({ trial_id: trialId, path: 'model.json', hash: artefact, bytes: size });
      const done = { ended: 'done', metrics: { ...metrics }, folds, artefact, finding_id: findingId } as const;
      await this.#repository.endTrial(trialId, { ...done, ...end() });
      return { metrics };
    } catch (error) {
      await curves;
      // What was refused stays refused; a stop or a fault of the machine is tried again by the queue.
      if (!context.signal.aborted && isMillwrightError(error)) {
        const { code, message } = error;
        await this.#repository.endTrial(trialId, { ended: 'failed', error: { code, message }, ...end() });
      }
      throw error;
    }
  }

  async #noteCurve(trialId: string, { step, metrics }: Curve): Promise<void> {
    const at = this.#parts.clock.now();
    const rows = Object.entries(metrics).map(([key, value]) => ({ trial_id: trialId, key, value, step, at }));
    await this.#repository.addMetrics(rows).catch((error: unknown) => {
      this.#parts.logger.warn({ err: error, trial: trialId }, 'a learning curve was not written');
    });
  }

  async #answers(rows: readonly ExperimentRow[]): Promise<Experiment[]> {
    const counted = await this.#repository.counts(rows.map(({ id }) => id));
    return Promise.all(
      rows.map(async (row) => {
        const counts = Object.fromEntries(
          trialStates.map((state) => [
            state,
            counted.find((one) => one.id === row.id && one.state === state)?.count ?? 0,
          ]),
        ) as Record<TrialState, number>;
        const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
        const open = counts.queued + counts.running;
        const objective = row.family === null ? null : (await trialDriver(row.family)).objective(row.task ?? {});
        const best = objective && (await this.#repository.best(row.id, objective.metric, objective.lessIsBetter));
        return {
          ...{ id: row.id, siteId: row.site_id, name: row.name, origin: row.origin, datasetId: row.dataset_id },
          ...{ dataHash: row.data_hash, family: row.family, task: row.task, search: row.search },
          ...{ folds: row.folds, seed: row.seed, counts, progress: all === 0 ? 0 : 1 - open / all, objective },
          best: best ? { trialId: best.id, name: best.name, value: best.value } : null,
          ...{ createdAt: row.created_at.toISOString(), by: row.actor_name },
        };
      }),
    );
  }
}

/** A trial of which nothing is known yet. */
export const emptyTrial = (id: string, experimentId: string, number: number, actor: Actor, at: Date): TrialRow => ({
  ...{ id, experiment_id: experimentId, number, name: '', kind: '', params: {}, seed: null, job_id: null },
  ...{ ended: null, started_at: null, ended_at: null, metrics: {}, folds: null, artefact: null, finding_id: null },
  ...{ error: null, worker: null, code_version: null, seconds: null, tags: {}, created_at: at },
  ...{ actor_id: actor.id, actor_name: actor.name, removed_at: null },
});

const toTrial = (row: TrialNow): Trial => ({
  ...{ id: row.id, experimentId: row.experiment_id, number: row.number, name: row.name, kind: row.kind },
  ...{ params: row.params, seed: row.seed, state: row.state, progress: row.progress, message: row.message },
  ...{ attempts: row.attempts, metrics: row.metrics, folds: row.folds?.map((fold) => ({ ...fold })) ?? null },
  ...{ artefact: row.artefact, findingId: row.finding_id },
  error: row.error ?? (row.state === 'failed' && row.job_error ? errorOf(row.job_error) : null),
  ...{ worker: row.worker, codeVersion: row.code_version, seconds: row.seconds },
  ...{ startedAt: row.started_at?.toISOString() ?? null, endedAt: row.ended_at?.toISOString() ?? null },
});

const errorOf = ({ code, message }: { code: string; message: string }) => ({ code, message });
