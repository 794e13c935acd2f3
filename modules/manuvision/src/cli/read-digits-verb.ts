import type { Verb } from '@millwright/kernel';
import { numberOption } from '../reading/command/number-option.ts';
import { evidenceOption, pictureArgument, printReadings, readPictures } from '../reading/command/read-pictures.ts';
import { digitOptionsSchema } from '../reading/digit/digit-options.ts';
import { readDigitsMethod } from '../reading/digit/read-digits-method.ts';

export const readDigitsVerb: Verb = {
  name: 'read digits',
  summary: 'Read digits of counters; "NaN" where a drum stands between two digits.',
  arguments: [pictureArgument],
  options: [
    { name: 'count', summary: 'Digits side by side in each picture (1).', placeholder: 'N' },
    { name: 'least-confidence', summary: 'Refuse below this confidence, 0 to 1 (0.5).', placeholder: 'NUMBER' },
    evidenceOption,
  ],
  run: (context) =>
    readPictures(
      context,
      readDigitsMethod,
      digitOptionsSchema.parse({
        count: numberOption('count', context.options.count, [1, 20]),
        leastConfidence: numberOption('least-confidence', context.options['least-confidence'], [0, 1]),
      }),
    ),
  print: printReadings,
};
