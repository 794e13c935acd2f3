import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One stretch of a rendered video; several make one that changes on the way. */
export interface RenderedPart {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** FFmpeg's name of the encoder. Default libx264. */
  readonly encoder?: string;
}

export interface RenderOptions {
  readonly path: string;
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly frameRate?: number;
  readonly encoder?: string;
  readonly keyEvery?: number;
  /** Nothing to see, as behind a cap. */
  readonly black?: boolean;
  readonly bFrames?: number;
  /** FFmpeg's name of the container, where the path does not say it. */
  readonly container?: string;
  /** Time of each frame in milliseconds, instead of the frame rate. */
  readonly times?: readonly number[];
  /** `only`: no video at all. */
  readonly audio?: 'none' | 'beside' | 'only';
}

const entry = fileURLToPath(new URL('./render-process.ts', import.meta.url));

/** Renders `drawScene` into a video file, in a process of its own as all use of FFmpeg. */
export async function renderVideo(options: RenderOptions): Promise<string> {
  await promisify(execFile)(process.execPath, [entry, JSON.stringify(options)]);
  return options.path;
}
