import { resolve } from 'node:path';
import { inputCommand } from './input-options.ts';
import { type RunOptions, runOnce } from './run-once.ts';
import type { BlurSpan, ClipPart, ClipResult } from './wire/commands.ts';

/** One file of a recording, or a whole video. */
export interface ClipSource {
  readonly path: string;
  /** Capture time of its first picture in milliseconds; `from` and `to` are on the same axis. Default 0. */
  readonly startTime?: number;
  /** Time of its end, where it is known: it is not opened when nothing of it is wanted. */
  readonly endTime?: number;
}

export interface ClipOptions extends RunOptions {
  /** In order of time; a gap between two stays a gap. */
  readonly sources: readonly ClipSource[];
  /** Default: from the beginning, to the end. */
  readonly from?: number;
  readonly to?: number;
  /** The MP4 that is written, whole or not at all. */
  readonly out: string;
  /** Begin and end at the frame. Default false: begins at the key frame before `from`, and no picture is altered. */
  readonly exact?: boolean;
  /** Places to be made unrecognisable. Everything is encoded anew, and begins and ends at the frame. */
  readonly blur?: readonly BlurSpan[];
}

/**
 * Writes a clip as MP4 that any browser plays while it loads. H.264 is copied as it is; other codecs, differing parts,
 * `exact` and `blur` are encoded anew. Sound is left out. Rejects with MEDIA_CLIP_EMPTY when no picture lies in between.
 */
export async function writeClip(options: ClipOptions): Promise<ClipResult> {
  const parts: ClipPart[] = await Promise.all(
    options.sources.map(async ({ path, startTime, endTime }) => ({
      input: await inputCommand({ url: resolve(path), hardware: 'off' }),
      startTime: startTime ?? 0,
      ...(endTime === undefined ? {} : { endTime }),
    })),
  );
  const shown = parts[0]?.input.shown ?? options.out;
  const command = {
    do: 'clip' as const,
    parts,
    // JSON has no infinity.
    from: options.from ?? Number.MIN_SAFE_INTEGER,
    to: options.to ?? Number.MAX_SAFE_INTEGER,
    out: resolve(options.out),
    exact: options.exact ?? false,
    blur: options.blur ?? [],
    shown,
  };
  return runOnce<ClipResult>(command, shown, options);
}
