/** Answers one question from stored tracks and ends. Started by `askTracks` only. */
import { parentPort, workerData } from 'node:worker_threads';
import { isMillwrightError } from '@millwright/kernel';
import { answerFromTracks, type StoredRun, type TrackQuestion } from './track-question.ts';

const { question, runs } = workerData as { question: TrackQuestion; runs: StoredRun[] };
try {
  parentPort!.postMessage({ answer: answerFromTracks(question, runs) });
} catch (error) {
  if (!isMillwrightError(error)) throw error;
  const { code, status, message, details } = error;
  parentPort!.postMessage({ error: { code, status, message, details } });
}
