import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { mediaErrors } from './errors.ts';
import { errorOf, mediaEnvironment } from './media-process.ts';
import type { EncodeCommand, Failure } from './wire/commands.ts';

export interface EncodeOptions {
  /** Even numbers: H.264 stores colour for two by two pixels. */
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** The MP4 that is written, whole or not at all. */
  readonly out: string;
  /** Of the encoder. Default 1. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

const entry = fileURLToPath(new URL('./process/encode-process.ts', import.meta.url));

/**
 * Writes pictures (rgb24, rows packed) as H.264 in MP4, in a process of its own that inherits this one's priority. A
 * picture's memory may be used again as soon as the next one is asked for. Returns how many there were.
 */
export async function encodeVideo(
  pictures: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: EncodeOptions,
): Promise<number> {
  const { width, height, frameRate, threads = 1, signal } = options;
  const out = resolve(options.out);
  if (width % 2 || height % 2 || width < 2 || height < 2)
    throw mediaErrors.MEDIA_OPTION_INVALID({ option: 'width, height', reason: 'they are not even numbers from 2 on' });
  if (!(frameRate > 0)) throw mediaErrors.MEDIA_OPTION_INVALID({ option: 'frameRate', reason: 'it is not above 0' });
  signal?.throwIfAborted();
  const command: EncodeCommand = { width, height, frameRate, threads, out };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, JSON.stringify(command)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: mediaEnvironment(),
    windowsHide: true,
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
  ended.catch(() => undefined); // Awaited below, after the pictures.
  const answer = text(child.stdout);
  const words = text(child.stderr);
  child.stdin.on('error', () => undefined); // Told by what the process says, or by how it ends.
  try {
    for await (const picture of pictures) {
      if (child.stdin.destroyed || signal?.aborted) break;
      // Copied: the pipe may still be reading it when the next one is drawn.
      if (!child.stdin.write(Buffer.from(picture))) await Promise.race([once(child.stdin, 'drain'), ended]);
    }
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  child.stdin.end();
  const [code, killedBy] = await ended;
  signal?.throwIfAborted();
  const said = await answer;
  if (code !== 0 || said === '') {
    const reason = (await words).trim().split('\n').at(-1)?.slice(0, 300) || `${killedBy ?? `exit code ${code}`}`;
    throw mediaErrors.MEDIA_PROCESS_CRASHED({ source: out, reason });
  }
  const result = JSON.parse(said) as { frames: number } | { failure: Failure };
  if ('failure' in result) throw errorOf(result.failure);
  return result.frames;
}
