import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MillwrightError } from '@millwright/kernel';
import type { StoredRun } from '../tracks/track-question.ts';
import type { ExportFormat } from './column.ts';
import type { TrackSelection } from './track-pages.ts';

/** What the thread is given. */
export interface TrackExport {
  readonly format: ExportFormat;
  readonly selection: TrackSelection;
  readonly runs: readonly StoredRun[];
}

/** What the thread answers to each asking. */
export interface TrackPiece {
  readonly bytes?: Uint8Array;
  readonly done?: true;
  readonly error?: { code: string; status: number; message: string; details: Record<string, unknown> };
}

/**
 * Stored tracks as a file, written on a thread of its own: a day of them takes minutes to read. The next piece is made when
 * the one before was taken, so a slow reader holds up nothing and nothing piles up.
 */
export async function* exportTracks(work: TrackExport): AsyncGenerator<Uint8Array, void, undefined> {
  const worker = new Worker(new URL('./track-export-worker.ts', import.meta.url), { workerData: work });
  try {
    const answers = on(worker, 'message');
    worker.postMessage('next');
    for await (const [{ bytes, error }] of answers as AsyncIterable<[TrackPiece]>) {
      if (error) throw new MillwrightError(error.code, error.status, error.message, error.details);
      if (!bytes) return;
      yield bytes;
      worker.postMessage('next');
    }
  } finally {
    await worker.terminate();
  }
}
