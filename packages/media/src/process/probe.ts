import type { StreamInfo } from '../video.ts';
import type { InputCommand } from '../wire/commands.ts';
import { Input } from './input.ts';
import { VideoDecoder } from './video-decoder.ts';

/** What an input is, without decoding it; whether there is a decoder for it is tried. */
export async function probe(command: InputCommand): Promise<StreamInfo> {
  const input = await Input.open(command);
  const { shown: source, hardware } = command;
  const decoder = new VideoDecoder(input, { source, threads: 1, hardware, decodeOnly: 'all' });
  const info = input.info(decoder.name);
  decoder.close();
  await input.close();
  return info;
}
