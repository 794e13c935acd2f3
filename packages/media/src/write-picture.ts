import { resolve } from 'node:path';
import { inputCommand } from './input-options.ts';
import { type RunOptions, runOnce } from './run-once.ts';
import type { MediaRect } from './video.ts';

export interface PictureOptions extends RunOptions {
  readonly path: string;
  /** Milliseconds from the start of the video; the frame on show then. Default 0. */
  readonly at?: number;
  /** The JPEG that is written, whole or not at all. */
  readonly out: string;
  readonly region?: MediaRect;
  readonly maxWidth?: number;
  /** 1 to 100; default 85. */
  readonly quality?: number;
}

/** Writes one frame of a file as JPEG; resolves with its time in milliseconds from the start of the video. */
export async function writePicture(options: PictureOptions): Promise<number> {
  const { path, at = 0, out, region, maxWidth, quality, ...run } = options;
  const input = await inputCommand({ url: resolve(path), hardware: 'off' });
  return runOnce<number>(
    {
      do: 'picture',
      input,
      at,
      out: resolve(out),
      ...(region ? { region } : {}),
      ...(maxWidth ? { maxWidth } : {}),
      ...(quality ? { quality } : {}),
    },
    input.shown,
    run,
  );
}
