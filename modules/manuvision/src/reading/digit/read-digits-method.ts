import { readingMethod } from '../command/reading-method.ts';
import { networkFile } from '../network-file.ts';
import { type DigitOptions, digitOptionsSchema } from './digit-options.ts';

export const readDigitsMethod = readingMethod<DigitOptions>({
  id: 'manuvision.read-digits',
  version: '1',
  description:
    'Reads one digit of a counter by a small convolutional network that learnt on drawn digits, from six cuts of the picture, each in its colours and inverted.',
  options: digitOptionsSchema,
  async open(options) {
    const { openDigitReader } = await import('./open-digit-reader.ts');
    return openDigitReader(await networkFile('digits'), options);
  },
});
