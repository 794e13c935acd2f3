import { defineErrors, errorKind } from '@millwright/kernel';

export const codesErrors = defineErrors('manuvision-codes', {
  MANUVISION_CODE_NOT_WRITABLE: errorKind<{ value: string; format: string; reason: string }>({
    status: 400,
    message: ({ value, format, reason }) => `${value} cannot be written as ${format}: ${reason}.`,
    remedy: 'Give a value that the format can hold.',
  }),
  MANUVISION_CODE_PATTERN_INVALID: errorKind<{ pattern: string; reason: string }>({
    status: 400,
    message: ({ pattern, reason }) => `${pattern} is no regular expression: ${reason}.`,
    remedy: 'Correct the pattern; it must match the whole value, such as LADLE-\\d{4}.',
  }),
  MANUVISION_CODE_FORMAT_UNKNOWN: errorKind<{ format: string; known: string }>({
    status: 400,
    message: ({ format, known }) => `${format} is no format of codes that can be read; known are ${known}.`,
    remedy: 'Name formats from the list, parted by commas.',
  }),
});
