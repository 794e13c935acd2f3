import { readingMethod } from '../command/reading-method.ts';
import { networkFile } from '../network-file.ts';
import { type DialOptions, dialOptionsSchema } from './dial-options.ts';

export const readDialMethod = readingMethod<DialOptions>({
  id: 'manuvision.read-dial',
  version: '1',
  description:
    'Reads the pointer of an analogue dial by a small convolutional network that learnt on drawn dials, from 16 turned and mirrored views of the picture.',
  options: dialOptionsSchema,
  async open(options) {
    const { openDialReader } = await import('./open-dial-reader.ts');
    return openDialReader(await networkFile('dials'), options);
  },
});
