/** Writes stored tracks as a file, a piece whenever one is asked for. Started by `exportTracks` only. */
import { parentPort, workerData } from 'node:worker_threads';
import { isMillwrightError } from '@millwright/kernel';
import { trackColumns } from './tables.ts';
import type { TrackExport, TrackPiece } from './track-export.ts';
import { trackPages } from './track-pages.ts';
import { writeTable } from './write-table.ts';

const { format, selection, runs } = workerData as TrackExport;
const pieces = writeTable(format, trackColumns, trackPages(runs, selection));
const say = (piece: TrackPiece) => parentPort!.postMessage(piece);

parentPort!.on('message', async () => {
  try {
    const { done, value } = await pieces.next();
    if (done) say({ done: true });
    else say({ bytes: value });
  } catch (error) {
    if (!isMillwrightError(error)) throw error;
    const { code, status, message, details } = error;
    say({ error: { code, status, message, details } });
  }
});
