import type { Database } from '@millwright/db';
import { and, eq, like } from 'drizzle-orm';
import type { TrialNow } from '../experiments/repository.ts';
import type { ExperimentRow, MetricRow } from '../schema.ts';
import { orionTrialFile as trialFile } from '../schema.ts';

/** As `TrialNow`, removed ones too. */
const runs = `
  select t.*, coalesce(t.ended, case when t.job_id is null then 'running' else coalesce(j.state, 'failed') end) as state,
    0 as progress, '' as message, 0 as attempts, null as job_error
  from orion_trial t left join job j on j.id = t.job_id`;

/** SQL of what MLflow clients ask for beyond experiments and trials. */
export class TrackingRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Also removed ones, newest first. */
  async experiments(siteIds?: readonly string[]): Promise<ExperimentRow[]> {
    const text = `select * from orion_experiment where $1::uuid[] is null or site_id is null or site_id = any($1)
      order by created_at desc, id desc`;
    return (await this.#db.query<ExperimentRow>(text, [siteIds ?? null])).rows;
  }
  async run(id: string): Promise<TrialNow | undefined> {
    return (await this.#db.query<TrialNow>(`${runs} where t.id = $1`, [id])).rows[0];
  }
  /** Newest first. */
  async runs(experimentIds: readonly string[]): Promise<TrialNow[]> {
    const text = `${runs} where t.experiment_id = any($1::uuid[]) order by coalesce(t.started_at, t.created_at) desc, t.id desc`;
    return (await this.#db.query<TrialNow>(text, [experimentIds])).rows;
  }
  /** The last value of each figure of each run, by step, then time. */
  async lastMetrics(runIds: readonly string[]): Promise<MetricRow[]> {
    const { rows } = await this.#db.query<MetricRow & { step: string }>(
      `select distinct on (trial_id, key) * from orion_metric where trial_id = any($1::uuid[])
       order by trial_id, key, step desc, at desc, id desc`,
      [runIds],
    );
    return rows.map((row) => ({ ...row, step: Number(row.step) }));
  }
  async lockRun(id: string): Promise<Record<string, unknown>> {
    const text = 'select params from orion_trial where id = $1 for update';
    return (await this.#db.query<{ params: Record<string, unknown> }>(text, [id])).rows[0]!.params;
  }
  /** Adds members to the JSON of a run, over those of the same name. */
  async merge(id: string, column: 'params' | 'metrics' | 'tags', members: object): Promise<void> {
    const text = `update orion_trial set ${column} = ${column} || $2::jsonb where id = $1`;
    await this.#db.query(text, [id, JSON.stringify(members)]);
  }
  async removeTag(id: string, key: string): Promise<void> {
    await this.#db.query('update orion_trial set tags = tags - $2::text where id = $1', [id, key]);
  }
  async mergeExperimentTags(id: string, members: object): Promise<void> {
    const text = 'update orion_experiment set tags = tags || $2::jsonb, updated_at = now() where id = $1';
    await this.#db.query(text, [id, JSON.stringify(members)]);
  }
  /** A file, or all files of a folder. */
  async removeFiles(runId: string, path: string): Promise<void> {
    const own = eq(trialFile.trial_id, runId);
    await this.#db.orm.delete(trialFile).where(and(own, eq(trialFile.path, path)));
    await this.#db.orm
      .delete(trialFile)
      .where(and(own, like(trialFile.path, `${path.replaceAll(/[%_\\]/g, '\\$&')}/%`)));
  }
}
