import { defineErrors, errorKind } from '@millwright/kernel';

export const readingErrors = defineErrors('manuvision-reading', {
  MANUVISION_PICTURES_MISSING: errorKind<{ path: string }>({
    status: 404,
    message: ({ path }) => `There is no picture at ${path}.`,
    remedy: 'Give a picture, or a folder with JPEG, PNG, WebP, TIFF, GIF or BMP files.',
  }),
  MANUVISION_PICTURES_TOO_MANY: errorKind<{ path: string; count: number; most: number }>({
    status: 413,
    message: ({ path, count, most }) => `${path} holds ${count} pictures; at most ${most} are read at once.`,
    remedy: 'Read it folder by folder.',
  }),
  MANUVISION_FORMAT_INVALID: errorKind<{ format: string; reason: string }>({
    status: 400,
    message: ({ format, reason }) => `${format} is no format that can be read: ${reason}.`,
    remedy:
      'Give date, date:PATTERN, serial:REGEX, mod10, gs1, mod97 or code39, such as date:YYYY-MM-DD or serial:SN-\\d{6}.',
  }),
});
