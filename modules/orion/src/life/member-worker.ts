/** A thread that fits members; see `members.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { fitMember } from './fit-member.ts';
import type { MemberReport, MemberTask } from './members.ts';
import type { RunData } from './types.ts';

const port = parentPort!;
port.on('message', ({ at, task }: { at: number; task: MemberTask }) => {
  let last = performance.now();
  const breathe = async (share: number) => {
    if (performance.now() - last < 250) return;
    port.postMessage({ at, share } satisfies MemberReport);
    last = performance.now();
  };
  // What it throws ends the thread, and with it the work.
  void fitMember(workerData as RunData, task, { breathe }).then((member) =>
    port.postMessage({ at, member } satisfies MemberReport),
  );
});
