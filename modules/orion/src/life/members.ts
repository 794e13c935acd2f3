import { Worker } from 'node:worker_threads';
import type { State, Work } from '../learners/learner.ts';
import { lifeErrors } from './errors.ts';
import { fitMember } from './fit-member.ts';
import type { RunData } from './types.ts';

/** One estimator to learn from all units but those held out. */
export interface MemberTask {
  readonly estimator: string;
  readonly heldOut: readonly number[];
  readonly seed: number;
  readonly cap: number;
}

export interface FittedMember {
  readonly estimator: string;
  readonly conditions: State;
  readonly state: State;
  /** Estimates after each row of each held-out unit, in their order. */
  readonly estimates: readonly Float64Array[];
}

export type MemberReport =
  | { readonly at: number; readonly share: number }
  | { readonly at: number; readonly member: FittedMember };

/** Fits members on as many threads as are given, or here; the result does not depend on it. */
export async function fitMembers(data: RunData, tasks: readonly MemberTask[], work: Work): Promise<FittedMember[]> {
  work.signal.throwIfAborted();
  const shares = new Float64Array(tasks.length);
  const told = (at: number, share: number) => {
    shares[at] = share;
    work.progress(shares.reduce((sum, one) => sum + one, 0) / tasks.length);
  };
  if (!work.threads) {
    const members: FittedMember[] = [];
    for (const [at, task] of tasks.entries()) {
      let last = performance.now();
      const breathe = async (share: number) => {
        if (performance.now() - last < 20) return;
        await new Promise((resolve) => setImmediate(resolve));
        work.signal.throwIfAborted();
        told(at, share);
        last = performance.now();
      };
      members.push(await fitMember(data, task, { breathe }));
      told(at, 1);
    }
    return members;
  }
  return onThreads(data, tasks, work, told);
}

async function onThreads(
  data: RunData,
  tasks: readonly MemberTask[],
  { signal, threads }: Work,
  told: (at: number, share: number) => void,
): Promise<FittedMember[]> {
  const workers = Array.from(
    { length: Math.min(threads!, tasks.length) },
    () => new Worker(new URL('./member-worker.ts', import.meta.url), { workerData: data }),
  );
  const members: FittedMember[] = new Array(tasks.length);
  let [next, done] = [0, 0];
  const give = (worker: Worker) => {
    if (next < tasks.length) worker.postMessage({ at: next, task: tasks[next++] });
  };
  const { promise, resolve, reject } = Promise.withResolvers<FittedMember[]>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  for (const worker of workers) {
    worker.on('message', (report: MemberReport) => {
      if ('share' in report) return told(report.at, report.share);
      members[report.at] = report.member;
      told(report.at, 1);
      done += 1;
      if (done === tasks.length) resolve(members);
      else give(worker);
    });
    worker.once('error', (error) =>
      reject(lifeErrors.ORION_LIFE_THREAD_FAILED({ reason: (error as Error).message }, error)),
    );
    give(worker);
  }
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
