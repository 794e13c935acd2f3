import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { formatMotRows, type MotRow, parseMotRows } from '../mot/mot-rows.ts';
import { trackRows } from '../mot/track-rows.ts';

const parametersSchema = z.strictObject({
  fps: z.number().gt(0).max(1000),
  /** Number of frames; tracks are not carried beyond. */
  length: z.number().int().min(1).max(100_000_000),
  width: z.number().gt(0),
  height: z.number().gt(0),
  mode: z.enum(['offline', 'online']),
});
export type TrackParameters = z.output<typeof parametersSchema>;

export interface TrackSummary {
  readonly frames: number;
  readonly detections: number;
  readonly tracks: number;
  readonly boxes: number;
  readonly scores: 'as given' | 'by persistence';
}

/** What `track` writes, by the method's own name. */
export const tracksFile = 'tracks.txt';

export const trackMethod: FileMethod = {
  id: 'matrixvision.track',
  version: '2',
  description:
    'Joins detections of a MOTChallenge file into tracks: Kalman filter, two-stage association (ByteTrack, Zhang 2022), observation-centric re-update (OC-SORT, Cao 2023), smoothing (Rauch, Tung and Striebel 1965).',
  async run(parameters, [detections], { folder, progress }) {
    const given = parametersSchema.parse(parameters);
    const rows = parseMotRows(await readFile(detections!, 'utf8'), basename(detections!));
    progress(0.1);
    const { tracked, scores } = trackRows(rows, given);
    progress(0.9);
    await writeFile(join(folder, tracksFile), formatMotRows(tracked));
    return { output: summaryOf(rows, tracked, given.length, scores), files: [tracksFile] };
  },
};

function summaryOf(
  rows: readonly MotRow[],
  tracked: readonly MotRow[],
  frames: number,
  scores: TrackSummary['scores'],
): TrackSummary {
  const tracks = new Set(tracked.map(({ id }) => id)).size;
  return { frames, detections: rows.length, tracks, boxes: tracked.length, scores };
}
