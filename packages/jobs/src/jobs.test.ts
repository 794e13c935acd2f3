import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@millwright/db';
import { type Actor, defineErrors, Events, errorKind, newId, operatorActor, systemClock } from '@millwright/kernel';
import { collectLogs, createTestDatabase, type TestDatabase } from '@millwright/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Job, type JobContext, type JobDefinition, Jobs, jobsMigrations } from './index.ts';

const migrations = [{ module: 'jobs', folder: jobsMigrations }];
const toyErrors = defineErrors('toy-jobs', {
  TOY_LOST: errorKind<{ name: string }>({
    status: 404,
    message: ({ name }) => `${name} is lost.`,
    remedy: 'Look again.',
  }),
});

function createJobs(db: TestDatabase['db'], times: { heartbeatMs?: number; stopWithinMs?: number } = {}) {
  const events = new Events((error) => {
    throw error;
  });
  const { logs, logger } = collectLogs('warn');
  return { jobs: new Jobs({ db, clock: systemClock, events, logger, ...times }), events, logs };
}

const toy = (
  run: (name: string, context: JobContext) => Promise<unknown>,
): JobDefinition<{ name: string }, unknown> => ({
  type: 'toy.play',
  schema: z.object({ name: z.string() }),
  run: ({ name }, context) => run(name, context),
});
const bear = { name: 'bear' };

/** Resolves when the signal says so, as a step of real work would. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    if (signal.aborted) reject(new Error('stopped before the first step'));
    signal.addEventListener('abort', () => reject(new Error('stopped at a step')), { once: true });
  });

describe.each(['through the queue', 'where it was asked for'])('background work, %s', (mode) => {
  const queued = mode === 'through the queue';
  let test: TestDatabase;
  let jobs: Jobs;
  let events: Events;
  let logs: Record<string, unknown>[];
  beforeAll(async () => {
    test = await createTestDatabase(migrations);
  });
  afterAll(() => test.cleanup());
  beforeEach(async () => {
    await test.db.execute('delete from job');
    ({ jobs, events, logs } = createJobs(test.db));
    if (queued) await jobs.startWorkers();
  });
  afterEach(() => jobs.stop());

  const state = async (id: string) => (await jobs.get(operatorActor, id)).state;
  const end = async (id: string): Promise<Job> => {
    await expect.poll(() => state(id), { timeout: 15_000, interval: 20 }).toMatch(/done|failed|cancelled/);
    return jobs.get(operatorActor, id);
  };

  it('returns its result', async () => {
    jobs.define(toy(async (name) => ({ greeting: `hello ${name}` })));
    const job = await jobs.enqueue(operatorActor, 'toy.play', bear, { subject: 'shelf' });
    expect(job).toMatchObject({ state: 'queued', type: 'toy.play', subject: 'shelf', progress: 0, result: null });
    const done = await end(job.id);
    expect(done).toMatchObject({ state: 'done', progress: 1, result: { greeting: 'hello bear' }, error: null });
    expect(Date.parse(done.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(done.startedAt!));
  });

  it('says how far it is from within a transaction of its own that only reads', async () => {
    jobs.define(
      toy(async (_name, { progress }) =>
        test.db.transaction(async ({ query }) => {
          await query('set transaction read only');
          progress(0.5, 'half way');
          // Longer than progress waits for more of it before it is written.
          await query('select pg_sleep(0.6)');
          return (await query<{ one: number }>('select 1 as one')).rows[0];
        }),
      ),
    );
    const done = await end((await jobs.enqueue(operatorActor, 'toy.play', bear)).id);
    expect(done).toMatchObject({ state: 'done', result: { one: 1 }, error: null });
    expect(logs).toEqual([]);
  });

  it('acts for the person who started it', async () => {
    const actor: Actor = { kind: 'user', id: 'u1', name: 'zhao', role: 'engineer', siteIds: ['here'] };
    let acting: Actor | undefined;
    jobs.define(
      toy(async (_name, context) => {
        acting = context.actor;
      }),
    );
    await end((await jobs.enqueue(actor, 'toy.play', bear)).id);
    expect(acting).toEqual(actor);
  });

  it('says how far it is, to the database and to listeners', async () => {
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    jobs.define(
      toy(async (_name, { progress }) => {
        progress(0.25, 'a quarter');
        progress(0.5, 'half way');
        await finished;
      }),
    );
    const heard: string[] = [];
    events.on('job-change', ({ job }) => heard.push(`${job.state} ${job.progress} ${job.message}`));
    const { id } = await jobs.enqueue(operatorActor, 'toy.play', bear);
    await expect.poll(async () => (await jobs.get(operatorActor, id)).message).toBe('half way');
    expect((await jobs.get(operatorActor, id)).progress).toBe(0.5);
    finish();
    await end(id);
    await expect.poll(() => heard.at(-1)).toBe('done 1 half way');
    expect(heard).toEqual(['running 0 ', 'running 0.5 half way', 'done 1 half way']);
  });

  it('that runs is cancelled at its next step', async () => {
    jobs.define(toy((_name, { signal }) => untilAborted(signal)));
    const { id } = await jobs.enqueue(operatorActor, 'toy.play', bear);
    await expect.poll(() => state(id)).toBe('running');
    await jobs.cancel(operatorActor, id);
    expect(await end(id)).toMatchObject({ state: 'cancelled', error: { code: 'JOB_CANCELLED' } });
  });

  it('that waits is cancelled without ever running', async () => {
    let runs = 0;
    jobs.define(
      toy(async () => {
        runs += 1;
      }),
    );
    // Not committed yet, so nobody can have taken it.
    const { id } = await test.db.transaction(async () => {
      const job = await jobs.enqueue(operatorActor, 'toy.play', bear);
      await jobs.cancel(operatorActor, job.id);
      return job;
    });
    expect(await state(id)).toBe('cancelled');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(runs).toBe(0);
    await expect(jobs.cancel(operatorActor, id)).rejects.toMatchObject({
      code: 'JOB_ENDED',
      details: { state: 'cancelled' },
    });
  });

  it('queued in a transaction that is rolled back never was', async () => {
    let runs = 0;
    jobs.define(
      toy(async () => {
        runs += 1;
      }),
    );
    const failing = test.db.transaction(async () => {
      await jobs.enqueue(operatorActor, 'toy.play', bear);
      throw new Error('not after all');
    });
    await expect(failing).rejects.toThrow('not after all');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(runs).toBe(0);
    expect(await jobs.list(operatorActor)).toEqual([]);
  });

  it('fails with the coded error that ended it, and is not tried again', async () => {
    let runs = 0;
    jobs.define({
      ...toy(async (name) => {
        runs += 1;
        throw toyErrors.TOY_LOST({ name });
      }),
      retries: 3,
      retryDelaySeconds: 0,
    });
    const job = await end((await jobs.enqueue(operatorActor, 'toy.play', bear)).id);
    expect(job).toMatchObject({
      state: 'failed',
      error: { code: 'TOY_LOST', status: 404, message: 'bear is lost. Look again.', details: { name: 'bear' } },
    });
    expect(runs).toBe(1);
  });

  it('is tried again after an unexpected failure, as often as it says', async () => {
    let runs = 0;
    jobs.define({
      ...toy(async () => {
        runs += 1;
        if (runs < 3) throw new Error('hiccup');
        return runs;
      }),
      retries: 2,
      retryDelaySeconds: 0,
    });
    expect(await end((await jobs.enqueue(operatorActor, 'toy.play', bear)).id)).toMatchObject({
      state: 'done',
      result: 3,
    });
  });

  it('fails for good when it fails once more than that, and the log has the cause', async () => {
    jobs.define({
      ...toy(async () => {
        throw new Error('broken spring');
      }),
      retries: 1,
      retryDelaySeconds: 0,
    });
    const job = await end((await jobs.enqueue(operatorActor, 'toy.play', bear)).id);
    expect(job.error).toMatchObject({ code: 'JOB_FAILED', message: expect.stringContaining('broken spring') });
    expect(logs.filter(({ msg }) => msg === 'job failed')).toHaveLength(2);
  });

  it('is interrupted by a stop, and goes on at the next start without counting it as an attempt', async () => {
    jobs.define(toy((_name, { signal }) => untilAborted(signal)));
    const { id } = await jobs.enqueue(operatorActor, 'toy.play', bear);
    await expect.poll(() => state(id)).toBe('running');
    await jobs.stop();
    expect(await state(id)).toBe('queued');

    ({ jobs, events, logs } = createJobs(test.db));
    jobs.define(toy(async () => 'second time'));
    await jobs.startWorkers();
    expect(await end(id)).toMatchObject({ state: 'done', result: 'second time' });
    const { rows } = await test.db.query('select attempt from job where id = $1', [id]);
    expect(rows).toEqual([{ attempt: 1 }]);
  });

  it('that does not look at its signal holds up a stop for a moment only', async () => {
    await jobs.stop();
    ({ jobs } = createJobs(test.db, { stopWithinMs: 50 }));
    if (queued) await jobs.startWorkers();
    let started = false;
    jobs.define(
      toy(() => {
        started = true;
        return new Promise(() => undefined);
      }),
    );
    const { id } = await jobs.enqueue(operatorActor, 'toy.play', bear);
    await expect.poll(() => started).toBe(true);
    await jobs.stop();
    expect(await state(id)).toBe('running'); // For the next start to take up.
  });

  it('is refused with a payload that does not fit, and with a type that nobody knows', async () => {
    jobs.define(toy(async () => undefined));
    await expect(jobs.enqueue(operatorActor, 'toy.play', { name: 7 })).rejects.toThrow();
    await expect(jobs.enqueue(operatorActor, 'toy.sing', {})).rejects.toMatchObject({ code: 'JOB_TYPE_UNKNOWN' });
    await expect(jobs.get(operatorActor, newId())).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
  });

  it('of one site is not seen from another, nor cancelled by who may only look', async () => {
    jobs.define(toy((_name, { signal }) => untilAborted(signal)));
    const [here, there] = [newId(), newId()];
    const { id } = await jobs.enqueue(operatorActor, 'toy.play', bear, { siteId: here });
    const engineer: Actor = { kind: 'user', id: 'u2', name: 'wu', role: 'engineer', siteIds: [there] };
    expect(await jobs.list(engineer)).toEqual([]);
    await expect(jobs.get(engineer, id)).rejects.toMatchObject({ code: 'ACCESS_SITE_DENIED' });
    const viewer: Actor = { kind: 'user', id: 'u3', name: 'lin', role: 'viewer' };
    expect(await jobs.list(viewer)).toHaveLength(1);
    await expect(jobs.cancel(viewer, id)).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('of many runs each once', async () => {
    const runs = new Map<string, number>();
    jobs.define(
      toy(async (name) => {
        runs.set(name, (runs.get(name) ?? 0) + 1);
      }),
    );
    const queuedJobs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => jobs.enqueue(operatorActor, 'toy.play', { name: `toy ${index}` })),
    );
    for (const { id } of queuedJobs) expect((await end(id)).state).toBe('done');
    expect([...runs.values()]).toEqual(Array(12).fill(1));
  });
});

describe.each(['queue', 'inline'])('work of a process that was killed (%s)', (mode) => {
  const killed = fileURLToPath(new URL('./fixtures/work-until-killed.ts', import.meta.url));

  /** Runs the child until its job runs, then kills it as a power cut would. */
  async function crash(url: string, kind: string): Promise<void> {
    const child = spawn(process.execPath, [killed, url, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), exited]);
    child.kill('SIGKILL');
    const [, signal] = await exited;
    expect(signal).toBe('SIGKILL');
  }

  it('is taken up again at the next start, and given up when it ends its process each time', async () => {
    const test = await createTestDatabase(migrations);
    await test.db.close(); // The embedded database belongs to one process at a time.
    await crash(test.url, mode);

    const db = await openDatabase({ url: test.url });
    const [left] = (await db.query<{ id: string; state: string }>('select id, state from job')).rows;
    expect(left!.state).toBe('running');
    const { jobs } = createJobs(db, { heartbeatMs: 200 });
    let runs = 0;
    jobs.define({
      type: 'toy.endless',
      schema: z.object({ name: z.string() }),
      run: async ({ name }) => {
        runs += 1;
        return name;
      },
    });
    await jobs.startWorkers();
    await expect.poll(async () => (await jobs.get(operatorActor, left!.id)).state, { timeout: 15_000 }).toBe('done');
    expect(runs).toBe(1);

    await db.query(
      `update job set state = 'running', attempt = 3, heartbeat_at = null, result = null, finished_at = null`,
    );
    await jobs.stop();
    const { jobs: next } = createJobs(db, { heartbeatMs: 200 });
    await next.startWorkers();
    await expect.poll(async () => (await next.get(operatorActor, left!.id)).state, { timeout: 15_000 }).toBe('failed');
    const failed = await next.get(operatorActor, left!.id);
    expect(failed.error!.message).toContain('the process ended 3 times while it ran');
    await next.stop();
    await db.close();
    await test.cleanup();
  }, 120_000);
});
