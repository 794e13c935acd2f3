import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MillwrightError } from '@millwright/kernel';
import type { StoredRun, TrackAnswer, TrackQuestion } from './track-question.ts';

/** `answerFromTracks` on a thread of its own: a day of tracks takes seconds to read. */
export async function askTracks<Question extends TrackQuestion>(
  question: Question,
  runs: readonly StoredRun[],
): Promise<TrackAnswer<Question>> {
  const worker = new Worker(new URL('./track-worker.ts', import.meta.url), { workerData: { question, runs } });
  try {
    // Rejects with what the thread threw.
    const [said] = (await once(worker, 'message')) as [
      { answer: TrackAnswer<Question>; error?: { code: string; status: number; message: string; details: object } },
    ];
    if (!said.error) return said.answer;
    const { code, status, message, details } = said.error;
    throw new MillwrightError(code, status, message, details as Record<string, unknown>);
  } finally {
    await worker.terminate();
  }
}
