import type { Verb } from '@millwright/kernel';
import { manuvisionErrors } from '../errors.ts';
import { numberOption } from '../reading/command/number-option.ts';
import { evidenceOption, pictureArgument, printReadings, readPictures } from '../reading/command/read-pictures.ts';
import { textFormat } from '../reading/format/text-format.ts';
import { readTextMethod } from '../reading/text/read-text-method.ts';
import { textOptionsSchema } from '../reading/text/text-options.ts';

export const readTextVerb: Verb = {
  name: 'read text',
  summary: 'Read printed text, Chinese and English; with a format, correct what fits it and refuse the rest.',
  arguments: [pictureArgument],
  options: [
    {
      name: 'format',
      summary: 'What the text has to be: date, date:YYMMDD, serial:REGEX, mod10, gs1, mod97, code39 (or mod10:REGEX).',
      placeholder: 'FORMAT',
    },
    { name: 'language', summary: 'zh (Chinese and English, the usual) or en (no Chinese).', placeholder: 'zh|en' },
    { name: 'least-confidence', summary: 'Refuse below this confidence, 0 to 1 (0.5).', placeholder: 'NUMBER' },
    evidenceOption,
  ],
  run: (context) => {
    const { options } = context;
    const language = options.language ?? 'zh';
    if (language !== 'zh' && language !== 'en')
      throw manuvisionErrors.MANUVISION_OPTION_INVALID({
        ...{ option: '--language', value: String(language), wanted: 'zh or en' },
      });
    const format = options.format === undefined ? undefined : String(options.format);
    // Looked through before any network is loaded.
    if (format !== undefined) textFormat(format);
    const given = textOptionsSchema.parse({
      ...{ format, language },
      leastConfidence: numberOption('least-confidence', options['least-confidence'], [0, 1]),
    });
    return readPictures(context, readTextMethod, given);
  },
  print: printReadings,
};
