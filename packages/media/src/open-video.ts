import { mediaErrors } from './errors.ts';
import { type InputOptions, inputCommand } from './input-options.ts';
import { type OpenVideo, ProcessStream } from './process-stream.ts';
import type { ViewSpec } from './video.ts';
import type { DecodeOnly, FrameRule } from './wire/commands.ts';

export interface OpenVideoOptions extends InputOptions {
  /**
   * `every` (default): each wanted frame in turn; the decoder waits for the consumer, a few frames ahead of it.
   * `latest`: the newest frame whenever the consumer is ready; older ones are let go of and counted as `droppedLate`.
   */
  readonly delivery?: 'every' | 'latest';
  /** Every Nth decoded frame (default 1), or at most so many a second of media time. */
  readonly every?: FrameRule;
  /** Left out: true. Without it the look of each frame is an empty picture, which saves making and sending it. */
  readonly look?: boolean;
  /** Pictures that come with every frame, in this order. */
  readonly views?: readonly ViewSpec[];
  /** `real-time`: a file is played at its own speed, as if it were a camera. Default `fast`. */
  readonly pace?: 'fast' | 'real-time';
  /** A file starts again at its end; its times go on. */
  readonly loop?: boolean;
  /** Capture time of the first picture of a file, in milliseconds since 1970. Default 0. Live video has times of its own. */
  readonly startTime?: number;
  /** Frames that are decoded at all. Default `all`. */
  readonly decodeOnly?: DecodeOnly;
  /** Frames on their way to the consumer of `every`. Default 4: decoding and inference overlap. */
  readonly ahead?: number;
}

/** Frames the decoder holds after delivery, for `views` and `jpeg`. */
export const heldFrames = 8;

/**
 * Opens a file, stream or camera in a process of its own, and resolves once its first packets have been understood.
 * Works from the main thread and from worker threads. Rejects with an error of `mediaErrors`.
 */
export async function openVideo(options: OpenVideoOptions): Promise<OpenVideo> {
  options.signal?.throwIfAborted();
  const delivery = options.delivery ?? 'every';
  const ahead = delivery === 'every' ? (options.ahead ?? 4) : 1;
  if (typeof options.every === 'number' && !(Number.isInteger(options.every) && options.every >= 1))
    throw mediaErrors.MEDIA_OPTION_INVALID({ option: 'every', reason: 'it is not a whole number from 1 on' });
  const input = await inputCommand(options);
  const look = options.look ?? true;
  const stream = new ProcessStream({ source: input.shown, delivery, ahead, look, logger: options.logger });
  const abort = () => stream.fail(options.signal!.reason);
  options.signal?.addEventListener('abort', abort, { once: true });
  stream.onClosed = () => options.signal?.removeEventListener('abort', abort);
  await stream.open({
    do: 'open',
    input,
    delivery,
    every: options.every ?? 1,
    look,
    views: options.views ?? [],
    pace: options.pace ?? 'fast',
    loop: options.loop ?? false,
    startTime: options.startTime ?? 0,
    decodeOnly: options.decodeOnly ?? 'all',
    keep: heldFrames + ahead,
    camera: false,
  });
  return stream;
}
