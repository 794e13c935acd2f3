import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

/** The first of many columns; a line of a million cells would make an error as long. */
const listed = (columns: readonly string[]): string => {
  const shown = columns.slice(0, 30).map((name) => (name.length > 60 ? `${name.slice(0, 57)}...` : name));
  const more = columns.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Errors of reading a file as a whole. What is wrong with single rows and cells is a `Rejection`, not an error. */
export const fileErrors = defineErrors('file', {
  FILE_UNREADABLE: errorKind<{ fileName: string; cause: string }>({
    status: 422,
    message: ({ fileName, cause }) => `The file ${fileName} could not be read: ${cause}.`,
    remedy: 'Check that the path is right, that it may be read, and that the copy is complete.',
  }),
  FILE_EMPTY: errorKind<{ fileName: string }>({
    status: 422,
    message: ({ fileName }) => `The file ${fileName} holds no rows.`,
    remedy: 'Export it again, or choose another file or sheet.',
  }),
  FILE_KIND_UNSUPPORTED: errorKind<{ fileName: string; kind: string }>({
    status: 422,
    message: ({ fileName, kind }) => `The file ${fileName} is ${kind}, not a table of text or an XLSX workbook.`,
    remedy: 'Save it as CSV or XLSX and import that.',
  }),
  FILE_NO_TIME_COLUMN: errorKind<{ fileName: string; columns: string[] }>({
    status: 422,
    message: ({ fileName, columns }) =>
      `No column of ${fileName} could be read as date and time. Its columns are: ${listed(columns)}.`,
    remedy:
      'Readings need a time: add one to the file, or pass a mapping whose `time` names the columns and the format.',
  }),
  FILE_NO_VALUE_COLUMN: errorKind<{ fileName: string; columns: string[] }>({
    status: 422,
    message: ({ fileName, columns }) =>
      `No column of ${fileName} besides the time holds numbers. Its columns are: ${listed(columns)}.`,
    remedy: 'Pass a mapping that names the value columns, the decimal sign and the thousands separator.',
  }),
  FILE_MAPPING_INVALID: errorKind<{ problems: string[] }>({
    status: 422,
    message: ({ problems }) => `The column mapping is not valid: ${problems.join('; ')}.`,
    remedy: 'Start from the mapping that the inspection of the file prints, and change only what is wrong.',
  }),
  FILE_MAPPING_MISFIT: errorKind<{ fileName: string; expected: Reason; found: Reason }>({
    status: 422,
    message: ({ fileName, expected, found }) =>
      `The mapping was made for another table: it expects ${expected}, but ${fileName} has ${found}.`,
    remedy: 'Inspect this file and save a mapping of its own.',
  }),
  FILE_TIME_FORMAT_INVALID: errorKind<{ format: string; problem: string }>({
    status: 422,
    message: ({ format, problem }) => `The time format "${format}" cannot be used: ${problem}.`,
    remedy: 'Use tokens as in `DD.MM.YYYY HH:mm[:ss]`, or `unix-s`, `unix-ms`, `excel`.',
  }),
  FILE_TIME_ZONE_UNKNOWN: errorKind<{ timezone: string }>({
    status: 422,
    message: ({ timezone }) => `"${timezone}" is not a time zone.`,
    remedy: 'Use an IANA name such as Asia/Shanghai or Europe/Berlin, or a fixed offset such as +08:00.',
  }),
  FILE_SHEET_UNKNOWN: errorKind<{ sheet: string; sheets: string[] }>({
    status: 422,
    message: ({ sheet, sheets }) => `The workbook has no sheet "${sheet}". Its sheets are: ${sheets.join(', ')}.`,
    remedy: 'Name one of these sheets.',
  }),
  FILE_WORKBOOK_TOO_LARGE: errorKind<{ fileName: string; bytes: number; limit: number }>({
    status: 413,
    message: ({ fileName, bytes, limit }) =>
      `The workbook ${fileName} needs ${Math.ceil(bytes / 1048576)} MiB unpacked; the limit is ${Math.floor(limit / 1048576)} MiB, because a workbook has to be held in memory whole.`,
    remedy: 'Save the sheet as CSV: CSV is read as a stream and has no limit.',
  }),
});
