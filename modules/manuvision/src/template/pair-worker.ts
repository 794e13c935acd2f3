/** A thread that judges pairs; see `judge-pairs.ts`. */
import { parentPort } from 'node:worker_threads';
import { readPicture } from '@millwright/imaging';
import { judgePair } from './judge-pair.ts';
import type { PairJob, PairReport } from './judge-pairs.ts';

const port = parentPort!;
port.on('message', ({ at, good, picture, settings }: PairJob) => {
  void report(at, async () => {
    const [one, other] = await Promise.all([readPicture(good), readPicture(picture)]);
    const { score, boxes } = judgePair(one, other, settings);
    return { score, boxes };
  });
});

async function report(at: number, work: () => Promise<PairReport['judged']>): Promise<void> {
  try {
    port.postMessage({ at, judged: await work() } satisfies PairReport);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    port.postMessage({ at, failure: { message, ...(code === undefined ? {} : { code }) } } satisfies PairReport);
  }
}
