import { type InputOptions, inputCommand } from './input-options.ts';
import { runOnce } from './run-once.ts';
import type { StreamInfo } from './video.ts';

/** What a file, stream or camera is: codec, size, rate, length. Rejects with an error of `mediaErrors`. */
export async function probe(options: InputOptions): Promise<StreamInfo> {
  const input = await inputCommand(options);
  return runOnce<StreamInfo>({ do: 'probe', input }, input.shown, options);
}
