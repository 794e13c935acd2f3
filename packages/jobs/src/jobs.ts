import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '@millwright/db';
import {
  type Actor,
  type Clock,
  definePermissions,
  type EventMap,
  type Events,
  isMillwrightError,
  isNote,
  type Logger,
  newId,
  type Reason,
  requirePermission,
  textOf,
} from '@millwright/kernel';
import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import { jobErrors } from './errors.ts';
import type { Job, JobContext, JobDefinition, JobPlace, JobState } from './job.ts';
import { type JobQueue, openQueue } from './queue.ts';
import { type JobRow, job as jobTable } from './schema.ts';

definePermissions({
  'jobs.job.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'jobs.job.cancel': ['engineer', 'operator'],
});

declare module '@millwright/kernel' {
  interface EventMap {
    'job-change': { readonly job: Job };
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds definitions of every payload; each is checked by its own schema.
type AnyDefinition = JobDefinition<any, any>;

/** Least time between two progress writes of one job. */
const progressIntervalMs = 300;
/** How often work that ended together with its process is taken up again: one that fills the memory would end every server. */
const usualTakeUps = 3;
/** How often a worker on a shared database says that it lives, and after how many missed times its jobs are taken up. */
const heartbeatMs = 10_000;
const missedHeartbeats = 6;
/** After how many heartbeats a job that waits while nothing runs is no longer believed to be in the queue. */
const forgottenHeartbeats = 3;
/** How often the server looks what workers on other machines do. */
const watchMs = 1_000;
/** One long job must not hold up a short one, and there are two cores. */
const usualConcurrency = 2;
/** How soon a job that could not be handed to the queue is tried again. */
const sendAgainMs = 5_000;
/** How often, a second apart, begin and end of a job are tried to be written while the database is away. */
const mostTries = 120;
/** How long a stop waits for running work to come to its next step. */
const stopWithinMs = 10_000;

/**
 * Background work with progress, cancel and retry. In a server jobs go through the queue, so any worker process on the
 * same database may take them; for a one-off command they run where they are.
 */
export class Jobs {
  #db: Database;
  #clock: Clock;
  #events: Events;
  #logger: Logger;
  #definitions = new Map<string, AnyDefinition>();
  #running = new Map<string, { abort: AbortController; done: Promise<void> }>();
  #queue: JobQueue | undefined;
  #stopped = false;
  /** Interrupted by `stop`; given back to the queue for whoever works next. */
  #interrupted: Pick<JobRow, 'id' | 'type'>[] = [];
  #retries = new Set<NodeJS.Timeout>();
  #heartbeatMs: number;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopWithinMs: number;
  #place: JobPlace;
  #concurrency: number;
  #watch: NodeJS.Timeout | undefined;
  /** Of jobs that run in other processes, what was last told of them. */
  #told = new Map<string, string>();

  constructor(parts: {
    db: Database;
    clock: Clock;
    events: Events;
    logger: Logger;
    /** Default `server`. */
    place?: JobPlace;
    /** How many at once of those that any machine may take; 2 unless said otherwise, 0 leaves them to others. */
    concurrency?: number;
    /** A process that has not said for six of these that it lives is taken for dead; the same in all processes on a database. */
    heartbeatMs?: number;
    /** For tests; the default has its reason above. */
    stopWithinMs?: number;
  }) {
    this.#place = parts.place ?? 'server';
    this.#concurrency = parts.concurrency ?? usualConcurrency;
    this.#heartbeatMs = parts.heartbeatMs ?? heartbeatMs;
    this.#stopWithinMs = parts.stopWithinMs ?? stopWithinMs;
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#events = parts.events;
    this.#logger = parts.logger;
  }

  define<P, R>(definition: JobDefinition<P, R>): void {
    this.#definitions.set(definition.type, definition);
  }

  /**
   * Queues work and returns at once; inside a transaction it is taken once that is committed. Throws when the payload
   * does not fit the definition's schema.
   */
  async enqueue(
    actor: Actor,
    type: string,
    payload: unknown,
    options: { siteId?: string; subject?: string } = {},
  ): Promise<Job> {
    const definition = this.#definition(type);
    const [row] = await this.#db.orm
      .insert(jobTable)
      .values({
        id: newId(),
        type,
        subject: options.subject,
        site_id: options.siteId,
        actor,
        // Drizzle would write null as no value at all.
        payload: definition.schema.parse(payload) ?? sql`'null'`,
        state: 'queued',
        created_at: this.#clock.now(),
      })
      .returning();
    await this.#db.afterCommit(() => this.#send(row!));
    return toJob(row!);
  }

  async get(actor: Actor, id: string): Promise<Job> {
    requirePermission(actor, 'jobs.job.read');
    const job = await this.#get(id);
    requirePermission(actor, 'jobs.job.read', job.siteId ?? undefined);
    return job;
  }

  async list(actor: Actor, filter: { state?: JobState; type?: string; limit?: number } = {}): Promise<Job[]> {
    requirePermission(actor, 'jobs.job.read');
    const { state, type, limit = 100 } = filter;
    const visible = actor.siteIds && or(isNull(jobTable.site_id), inArray(jobTable.site_id, [...actor.siteIds]));
    const ofType = type === undefined ? undefined : eq(jobTable.type, type);
    const rows = await this.#db.orm
      .select()
      .from(jobTable)
      .where(and(state && eq(jobTable.state, state), ofType, visible))
      .orderBy(desc(jobTable.created_at))
      .limit(Math.min(limit, 500));
    return rows.map(toJob);
  }

  /** Stops a running job at its next step, or takes a waiting one off the queue. */
  async cancel(actor: Actor, id: string): Promise<Job> {
    const job = await this.get(actor, id);
    requirePermission(actor, 'jobs.job.cancel', job.siteId ?? undefined);
    const { rowCount } = await this.#db.query(
      `update job set cancel_requested = true,
         state = case when state = 'queued' then 'cancelled' else state end,
         finished_at = case when state = 'queued' then $2 else finished_at end
       where id = $1 and state in ('queued', 'running')`,
      [id, this.#clock.now()],
    );
    if (rowCount === 0) throw jobErrors.JOB_ENDED({ id, state: (await this.#get(id)).state });
    this.#running.get(id)?.abort.abort();
    return this.#changed(id);
  }

  /** Starts taking jobs from the queue. Jobs of a process that was killed are taken up again. */
  async startWorkers(): Promise<void> {
    const queue = await openQueue(this.#db, this.#logger, this.#place, this.#concurrency, (id) => this.#take(id));
    this.#queue = queue;
    await this.#takeUp();
    const waiting = await this.#db.orm
      .select({ id: jobTable.id, type: jobTable.type })
      .from(jobTable)
      .where(eq(jobTable.state, 'queued'))
      .orderBy(asc(jobTable.created_at));
    for (const { id, type } of waiting) await queue.send(id, this.#placeOf(type));
    const longAgo = new Date(this.#clock.now().getTime() - 30 * 86_400_000);
    await this.#db.orm.delete(jobTable).where(lt(jobTable.finished_at, longAgo));
    if (this.#db.kind !== 'server') return;
    this.#beat();
    if (this.#place === 'server') this.#watchOthers();
  }

  /** Takes no more, and waits until what runs here has come to its end. */
  async drain(): Promise<void> {
    await this.#queue?.pause();
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  /** Interrupts what runs (it will be taken up again at the next start) and stops taking jobs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const queue = this.#queue;
    this.#queue = undefined;
    for (const timer of this.#retries) clearTimeout(timer);
    await queue?.pause();
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort('shutdown');
    const settled = Promise.allSettled(running.map(({ done }) => done));
    // Work that does not look at its signal must not keep the server from stopping: it stays marked as running, and
    // the next start takes it up as after a crash.
    const patience = new Promise((resolve) => setTimeout(resolve, this.#stopWithinMs).unref());
    await Promise.race([settled, patience]);
    clearInterval(this.#heartbeat);
    clearInterval(this.#watch);
    // Another worker on the same database may go on with them at once.
    for (const { id, type } of this.#interrupted.splice(0)) await queue?.send(id, this.#placeOf(type));
    await queue?.close();
  }

  /** Hands a job to whoever works. Failing that is no failure of queueing it: it is tried again, and the next start finds its row. */
  async #send({ id, type }: Pick<JobRow, 'id' | 'type'>, delaySeconds = 0): Promise<void> {
    try {
      if (this.#queue) await this.#queue.send(id, this.#placeOf(type), delaySeconds);
      else this.#runHere(id, delaySeconds);
    } catch (error) {
      this.#logger.error({ err: error, job: id }, 'job was not handed to the queue; it will be tried again');
      if (!this.#stopped) this.#later(sendAgainMs, () => this.#send({ id, type }));
    }
  }

  #later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void work();
    }, ms);
    this.#retries.add(timer);
  }

  /** Begin and end of a job are worth waiting for a database that comes back. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const isAway = isMillwrightError(error) && error.code === 'DATABASE_AWAY';
        if (!isAway || this.#stopped || attempt >= mostTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  /** A type nobody here knows is the server's: it says what is wrong with it. */
  #placeOf(type: string): JobPlace {
    const definition = this.#definitions.get(type);
    return definition && definition.place === undefined ? 'worker' : 'server';
  }

  #runHere(id: string, delaySeconds: number): void {
    this.#later(delaySeconds * 1000, () => this.#take(id));
  }

  /** Jobs whose process is gone wait again, those that took their process with them too often fail. Returns the former. */
  async #takeUp(): Promise<JobRow[]> {
    const own = [...this.#running.keys()];
    // One process at a time holds an embedded database, so whatever another one left running there is a dead one's.
    const gone =
      this.#db.kind === 'pglite'
        ? 'true'
        : `coalesce(heartbeat_at, '-infinity') < now() - ${(this.#heartbeatMs * missedHeartbeats) / 1000} * interval '1 second'`;
    const { rows } = await this.#db.query<JobRow>(
      `update job set state = 'queued', message = '', note = null, heartbeat_at = null
       where state = 'running' and not id = any($1::uuid[]) and ${gone} returning *`,
      [own],
    );
    const taken: JobRow[] = [];
    for (const row of rows) {
      this.#logger.warn({ job: row.id, type: row.type, attempt: row.attempt }, 'taking up a job whose process ended');
      const { takeUps = usualTakeUps, retries = 0 } = this.#definitions.get(row.type) ?? {};
      if (row.attempt < takeUps + retries) {
        await this.#changed(row.id);
        taken.push(row);
        continue;
      }
      const reason = `the process ended ${row.attempt} times while it ran`;
      await this.#finish(row.id, 'queued', 'failed', { error: jobErrors.JOB_FAILED({ id: row.id, reason }) });
    }
    return taken;
  }

  /** On a shared database: says now and then that this process lives, and takes up what others left. */
  #beat(): void {
    this.#heartbeat ??= setInterval(() => {
      const tick = async () => {
        const { rows } = await this.#db.query<{ id: string }>(
          `with alive as (update job set heartbeat_at = now() where id = any($1::uuid[]) returning id, cancel_requested)
           select id from alive where cancel_requested`,
          [[...this.#running.keys()]],
        );
        // Asked of another process, and the work says nothing of its progress.
        for (const { id } of rows) this.#running.get(id)?.abort.abort();
        if (this.#queue) for (const row of await this.#takeUp()) await this.#send(row);
        if (this.#queue && this.#running.size === 0) await this.#takeForgotten();
      };
      void tick().catch((error: unknown) => this.#logger.warn({ err: error }, 'heartbeat was not written'));
    }, this.#heartbeatMs).unref();
  }

  /** The queue forgets a job when the database goes away between handing it out and its first step. */
  async #takeForgotten(): Promise<void> {
    const types = [...this.#definitions.keys()].filter((type) =>
      this.#placeOf(type) === 'worker' ? this.#concurrency > 0 : this.#place === 'server',
    );
    const { rows } = await this.#db.query<{ id: string }>(
      `select id from job where state = 'queued' and started_at is null and type = any($1)
       and created_at < now() - ${(this.#heartbeatMs * forgottenHeartbeats) / 1000} * interval '1 second'
       order by created_at limit 1`,
      [types],
    );
    if (rows[0]) void this.#take(rows[0].id);
  }

  /** Tells listeners in this process of what other workers do. */
  #watchOthers(): void {
    const look = async () => {
      const { rows } = await this.#db.query<JobRow>(
        `select * from job where (state = 'running' or finished_at > now() - interval '1 minute') and not id = any($1::uuid[])`,
        [[...this.#running.keys()]],
      );
      const seen = new Map<string, string>();
      for (const row of rows) {
        const said = summaryOf(row);
        seen.set(row.id, said);
        if (this.#told.get(row.id) !== said) this.#events.emit('job-change', { job: toJob(row) });
      }
      this.#told = seen;
    };
    this.#watch ??= setInterval(() => {
      look().catch((error: unknown) => this.#logger.warn({ err: error }, 'other workers could not be watched'));
    }, watchMs).unref();
  }

  #definition(type: string): AnyDefinition {
    const definition = this.#definitions.get(type);
    if (!definition) throw jobErrors.JOB_TYPE_UNKNOWN({ type, known: [...this.#definitions.keys()] });
    return definition;
  }

  async #take(id: string): Promise<void> {
    if (this.#stopped || this.#running.has(id)) return;
    if (this.#db.kind === 'server') this.#beat();
    const abort = new AbortController();
    const done = this.#run(id, abort).catch((error: unknown) =>
      this.#logger.error({ err: error, job: id }, 'job bookkeeping failed'),
    );
    this.#running.set(id, { abort, done });
    await done;
    this.#running.delete(id);
  }

  async #run(id: string, abort: AbortController): Promise<void> {
    const { rows } = await this.#patiently(() =>
      this.#db.query<JobRow>(
        `update job set state = 'running', started_at = $2, attempt = attempt + 1, heartbeat_at = now() where id = $1 and state = 'queued' returning *`,
        [id, this.#clock.now()],
      ),
    );
    const row = rows[0];
    if (!row) return; // Cancelled meanwhile, or another worker was faster.
    await this.#changed(id);
    const progress = this.#progressWriter(id, abort);
    try {
      abort.signal.throwIfAborted(); // Asked to stop before it began: a listener added now would not hear of it.
      const definition = this.#definition(row.type);
      const context: JobContext = {
        jobId: id,
        actor: row.actor,
        signal: abort.signal,
        logger: this.#logger.child({ job: id, type: row.type }),
        progress: progress.note,
      };
      const result: unknown = await definition.run(definition.schema.parse(row.payload), context);
      await progress.settle();
      await this.#finish(id, 'running', 'done', { result: result ?? null });
    } catch (error) {
      await progress.settle();
      await this.#fail(row, abort, error);
    }
  }

  async #fail(row: JobRow, abort: AbortController, error: unknown): Promise<void> {
    if (abort.signal.reason === 'shutdown') {
      // Not the job's fault, so it does not count as an attempt.
      await this.#db.query(
        `update job set state = 'queued', attempt = attempt - 1, heartbeat_at = null where id = $1 and state = 'running'`,
        [row.id],
      );
      this.#interrupted.push(row);
      return;
    }
    if (abort.signal.aborted)
      return this.#finish(row.id, 'running', 'cancelled', { error: jobErrors.JOB_CANCELLED({ id: row.id }) });
    if (isMillwrightError(error)) return this.#finish(row.id, 'running', 'failed', { error });
    this.#logger.error({ err: error, job: row.id, type: row.type }, 'job failed');
    const { retries = 0, retryDelaySeconds = 10 } = this.#definitions.get(row.type) ?? {};
    if (row.attempt <= retries) {
      const own = and(eq(jobTable.id, row.id), eq(jobTable.state, 'running'));
      await this.#db.orm.update(jobTable).set({ state: 'queued' }).where(own);
      await this.#changed(row.id);
      await this.#send(row, retryDelaySeconds * 2 ** (row.attempt - 1));
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    await this.#finish(row.id, 'running', 'failed', { error: jobErrors.JOB_FAILED({ id: row.id, reason }, error) });
  }

  async #finish(
    id: string,
    from: JobState,
    state: JobState,
    end: { result?: unknown; error?: NonNullable<Job['error']> },
  ): Promise<void> {
    const error = end.error && {
      code: end.error.code,
      message: end.error.message,
      status: end.error.status,
      details: end.error.details,
    };
    await this.#patiently(async () => {
      await this.#db.orm
        .update(jobTable)
        .set({
          state,
          finished_at: this.#clock.now(),
          result: end.result ?? null,
          error: error ?? null,
          ...(state === 'done' && { progress: 1 }),
        })
        .where(and(eq(jobTable.id, id), eq(jobTable.state, from)));
      await this.#changed(id);
    });
  }

  /** Writes the newest progress now and then, and learns on the way whether another process asked for a cancel. */
  #progressWriter(id: string, abort: AbortController) {
    // Work may speak from within a transaction of its own: there the write would wait for its end, undo itself with it,
    // or spoil it where it only reads.
    const outside = AsyncLocalStorage.snapshot();
    let latest: { fraction: number; message: Reason } | undefined;
    let timer: NodeJS.Timeout | undefined;
    let writing: Promise<void> = Promise.resolve();
    const write = async () => {
      timer = undefined;
      if (!latest) return;
      const { fraction, message } = latest;
      latest = undefined;
      const { rows } = await this.#db.query<JobRow>(
        `update job set progress = $2, message = $3, note = $4 where id = $1 and state = 'running' returning *`,
        [id, Math.min(1, Math.max(0, fraction)), textOf(message), isNote(message) ? JSON.stringify(message) : null],
      );
      if (!rows[0]) return;
      if (rows[0].cancel_requested) abort.abort();
      this.#events.emit('job-change', { job: toJob(rows[0]) });
    };
    return {
      note: (fraction: number, message: Reason = '') => {
        latest = { fraction, message };
        timer ??= setTimeout(() => {
          writing = outside(write).catch((error: unknown) =>
            this.#logger.warn({ err: error, job: id }, 'progress was not written'),
          );
        }, progressIntervalMs);
      },
      settle: async () => {
        clearTimeout(timer);
        await writing;
      },
    };
  }

  async #get(id: string): Promise<Job> {
    const [row] = await this.#db.orm.select().from(jobTable).where(eq(jobTable.id, id));
    if (!row) throw jobErrors.JOB_UNKNOWN({ id });
    return toJob(row);
  }

  async #changed(id: string): Promise<Job> {
    const job = await this.#get(id);
    this.#told.set(id, summaryOf(job));
    const payload: EventMap['job-change'] = { job };
    this.#events.emit('job-change', payload);
    return job;
  }
}

const summaryOf = ({ state, progress, message }: Pick<Job, 'state' | 'progress' | 'message'>): string =>
  `${state} ${progress} ${message}`;

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    type: row.type,
    subject: row.subject,
    siteId: row.site_id,
    actor: { id: row.actor.id, name: row.actor.name },
    state: row.state,
    progress: row.progress,
    message: row.message,
    note: row.note,
    result: row.result,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
