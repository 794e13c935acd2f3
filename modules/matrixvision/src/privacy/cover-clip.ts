import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeClip } from '@millwright/media';
import type { TrackService } from '../tracks/service.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';
import { type Covering, coveredPlaces } from './covered-places.ts';

export interface ClipToCover {
  readonly cameraId: string;
  /** Path of the clip. */
  readonly path: string;
  /** Capture times of its beginning and end. */
  readonly from: Date;
  readonly to: Date;
  readonly covering: Covering;
}

/**
 * Writes a clip anew with people or their faces covered along their stored tracks; returns its path in `folder`, for the
 * caller to take away. Undefined while the tracks of the whole stretch are not stored yet: nobody is shown for want of them.
 */
export async function coverClip(
  { cameraId, path, from, to, covering }: ClipToCover,
  tracks: TrackService,
  folder: string,
): Promise<string | undefined> {
  const chunks = await tracks.repository.touching(cameraId, from, to);
  const last = chunks.at(-1);
  if (!last || last.to_at < to) return undefined;
  const blur = [];
  for (const run of await tracks.runsOf(chunks))
    for (const chunk of run.chunks)
      for (const { time, objects } of decodeTracks(chunk)) blur.push({ time, boxes: coveredPlaces(objects, covering) });
  await mkdir(folder, { recursive: true });
  const out = join(folder, `${randomUUID()}.mp4`);
  try {
    await writeClip({
      sources: [{ path, startTime: from.getTime() }],
      out,
      blur: blur.sort((a, b) => a.time - b.time),
    });
    return out;
  } catch (error) {
    await rm(out, { force: true });
    throw error;
  }
}
