import { readingMethod } from '../command/reading-method.ts';
import { ocrFile } from './ocr-models.ts';
import { type TextOptions, textOptionsSchema } from './text-options.ts';

export const readTextMethod = readingMethod<TextOptions>({
  id: 'manuvision.read-text',
  version: '1',
  description:
    'Reads text with PP-OCRv4 (PaddleOCR): lines found by differentiable binarization (Liao 2020), recognised with CTC; with a format, the likeliest string that fits it by a constrained prefix beam search.',
  options: textOptionsSchema,
  async open(options) {
    const { openTextReader } = await import('./open-text-reader.ts');
    return openTextReader(
      {
        detection: await ocrFile('detection'),
        recognition: await ocrFile('recognition'),
        direction: await ocrFile('direction'),
        keys: await ocrFile('keys'),
      },
      options,
    );
  },
});
