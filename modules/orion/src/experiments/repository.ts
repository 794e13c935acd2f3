import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import {
  type ExperimentRow,
  orionExperiment as experiment,
  type MetricRow,
  orionMetric as metric,
  type TrialFileRow,
  type TrialRow,
  orionTrial as trial,
  orionTrialFile as trialFile,
} from '../schema.ts';
import type { TrialFilter, TrialState } from './schemas.ts';

/** A trial with what its job says of it. */
export interface TrialNow extends TrialRow {
  readonly state: TrialState;
  readonly progress: number;
  readonly message: string;
  readonly attempts: number;
  readonly job_error: { readonly code: string; readonly message: string } | null;
}

/** What ended is what it ended as; the rest is what its job is. A job that is gone took its trial with it. */
const trialsNow = `
  select t.*, coalesce(t.ended, case when t.job_id is null then 'running' else coalesce(j.state, 'failed') end) as state,
    case when t.ended is not null then 1 else coalesce(j.progress, 0) end as progress,
    coalesce(j.message, '') as message, coalesce(j.attempt, 0) as attempts, j.error as job_error
  from orion_trial t left join job j on j.id = t.job_id
  where t.removed_at is null`;

/** SQL of experiments, trials, their figures and files. */
export class ExperimentRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest first. */
  async list(siteIds?: readonly string[]): Promise<ExperimentRow[]> {
    const seen = siteIds && or(isNull(experiment.site_id), inArray(experiment.site_id, [...siteIds]));
    return this.#db.orm
      .select()
      .from(experiment)
      .where(and(isNull(experiment.removed_at), seen))
      .orderBy(desc(experiment.created_at), desc(experiment.id));
  }
  async byId(id: string): Promise<ExperimentRow | undefined> {
    return (await this.#db.orm.select().from(experiment).where(eq(experiment.id, id)))[0];
  }
  async insert(row: ExperimentRow): Promise<void> {
    await this.#db.orm.insert(experiment).values(row);
  }
  async change(id: string, values: Partial<ExperimentRow>): Promise<void> {
    await this.#db.orm.update(experiment).set(values).where(eq(experiment.id, id));
  }
  async insertTrials(rows: readonly TrialRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += 500) await this.#db.orm.insert(trial).values(rows.slice(at, at + 500));
  }
  async trial(id: string): Promise<TrialNow | undefined> {
    return (await this.#db.query<TrialNow>(`${trialsNow} and t.id = $1`, [id])).rows[0];
  }
  /** By number. */
  async allTrials(experimentId: string): Promise<TrialNow[]> {
    const text = `${trialsNow} and t.experiment_id = $1 order by t.number`;
    return (await this.#db.query<TrialNow>(text, [experimentId])).rows;
  }
  async trials(experimentId: string, filter: TrialFilter): Promise<{ rows: TrialNow[]; total: number }> {
    const { state = null, kind = null, sort = 'number', order, limit, offset } = filter;
    const by = sort === 'number' || sort === 'seconds' ? sort : `(metrics ->> $6)::float8`;
    const { rows } = await this.#db.query<TrialNow & { total: string }>(
      `with own as (${trialsNow} and t.experiment_id = $1)
       select *, count(*) over () as total from own
       where ($2::text is null or state = $2) and ($3::text is null or kind = $3) and ($6::text is not null)
       order by ${by} ${order === 'desc' ? 'desc' : 'asc'} nulls last, number limit $4 offset $5`,
      [experimentId, state, kind, limit, offset, sort],
    );
    return { rows, total: Number(rows[0]?.total ?? 0) };
  }
  /** How many trials of each experiment are in which state. */
  async counts(experimentIds: readonly string[]): Promise<{ id: string; state: TrialState; count: number }[]> {
    const { rows } = await this.#db.query<{ id: string; state: TrialState; count: string }>(
      `with own as (${trialsNow} and t.experiment_id = any($1::uuid[]))
       select experiment_id as id, state, count(*) as count from own group by 1, 2`,
      [experimentIds],
    );
    return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }));
  }
  /** The done trial of an experiment with the least or the greatest of a figure. */
  async best(
    experimentId: string,
    figure: string,
    lessIsBetter: boolean,
  ): Promise<{ id: string; name: string; value: number } | undefined> {
    const { rows } = await this.#db.query<{ id: string; name: string; value: number }>(
      `select id, name, (metrics ->> $2)::float8 as value from orion_trial
       where experiment_id = $1 and ended = 'done' and removed_at is null and metrics ? $2
       order by value ${lessIsBetter ? 'asc' : 'desc'}, number limit 1`,
      [experimentId, figure],
    );
    return rows[0];
  }
  async nextNumber(experimentId: string): Promise<number> {
    await this.#db.query('select id from orion_experiment where id = $1 for update', [experimentId]);
    const { rows } = await this.#db.query<{ next: number }>(
      'select coalesce(max(number), 0) + 1 as next from orion_trial where experiment_id = $1',
      [experimentId],
    );
    return rows[0]!.next;
  }
  async changeTrial(id: string, values: Partial<TrialRow>): Promise<void> {
    await this.#db.orm.update(trial).set(values).where(eq(trial.id, id));
  }
  /** Only while it has not ended: another worker may have been faster. */
  async endTrial(id: string, values: Partial<TrialRow>): Promise<void> {
    await this.#db.orm
      .update(trial)
      .set(values)
      .where(and(eq(trial.id, id), isNull(trial.ended)));
  }
  async addMetrics(rows: readonly Omit<MetricRow, 'id'>[]): Promise<void> {
    if (rows.length > 0) await this.#db.orm.insert(metric).values([...rows]);
  }
  async clearMetrics(trialId: string): Promise<void> {
    await this.#db.orm.delete(metric).where(eq(metric.trial_id, trialId));
  }
  /** In the order they came. */
  async metrics(trialIds: readonly string[], key?: string): Promise<MetricRow[]> {
    const where = and(inArray(metric.trial_id, [...trialIds]), key === undefined ? undefined : eq(metric.key, key));
    return this.#db.orm.select().from(metric).where(where).orderBy(asc(metric.id)).limit(100_000);
  }
  async putFile(row: TrialFileRow): Promise<void> {
    const { hash, bytes } = row;
    await this.#db.orm
      .insert(trialFile)
      .values(row)
      .onConflictDoUpdate({ target: [trialFile.trial_id, trialFile.path], set: { hash, bytes } });
  }
  async files(trialId: string): Promise<TrialFileRow[]> {
    return this.#db.orm.select().from(trialFile).where(eq(trialFile.trial_id, trialId)).orderBy(asc(trialFile.path));
  }
  async byName(name: string): Promise<ExperimentRow | undefined> {
    const same = sql`lower(${experiment.name}) = lower(${name})`;
    const rows = await this.#db.orm.select().from(experiment).where(same).orderBy(desc(experiment.created_at));
    return rows.find(({ removed_at }) => !removed_at) ?? rows[0];
  }
}
