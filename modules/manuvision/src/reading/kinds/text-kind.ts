import { isMillwrightError } from '@millwright/kernel';
import { manuvisionErrors } from '../../errors.ts';
import { textFormat } from '../format/text-format.ts';
import { ocrFile } from '../text/ocr-models.ts';
import { openTextReader } from '../text/open-text-reader.ts';
import { textOptionsSchema } from '../text/text-options.ts';
import { readingKind, readRegionSchema } from './reading-kind.ts';

const settings = textOptionsSchema.extend({ region: readRegionSchema }).superRefine(({ format }, context) => {
  if (format === undefined) return;
  try {
    textFormat(format);
  } catch (error) {
    if (!isMillwrightError(error)) throw error;
    context.addIssue({ code: 'custom', path: ['format'], message: error.message });
  }
});

/** Reads text and holds it against a format: NG where something stands there that does not fit. */
export const textKind = readingKind({
  ...{ name: 'text', methodVersion: '1', settings },
  networks: async () => ({
    network: await ocrFile('recognition'),
    attachments: {
      detection: await ocrFile('detection'),
      direction: await ocrFile('direction'),
      keys: await ocrFile('keys'),
    },
  }),
  async open({ network, attachments }, given) {
    const { detection, direction, keys } = attachments;
    if (!detection || !direction || !keys)
      throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file: 'the model', reason: 'a network in it is missing' });
    return openTextReader({ recognition: network, detection, direction, keys }, given);
  },
  fits: ({ value, reason }) => (value !== null ? 'ok' : reason === 'format' ? 'ng' : 'refused'),
});
