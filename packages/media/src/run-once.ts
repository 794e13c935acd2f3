import type { Logger } from '@millwright/kernel';
import { errorOf, MediaProcess } from './media-process.ts';
import type { SingleCommand } from './wire/commands.ts';

export interface RunOptions {
  readonly logger?: Logger | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Starts a media process for one piece of work and waits for its result. `source` is what an error names. */
export async function runOnce<Result>(command: SingleCommand, source: string, options: RunOptions): Promise<Result> {
  const { logger, signal } = options;
  signal?.throwIfAborted();
  const answer = Promise.withResolvers<Result>();
  const process = await MediaProcess.start({
    source,
    logger,
    onReport: (report) => {
      if (report.type === 'done') answer.resolve(report.result as Result);
      if (report.type === 'failed') answer.reject(errorOf(report.failure));
    },
    onExit: (error) => answer.reject(error),
  });
  const abort = () => answer.reject(signal!.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    process.send(command);
    return await answer.promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    await process.stop();
  }
}
