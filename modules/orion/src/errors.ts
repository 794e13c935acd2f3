import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

export const orionErrors = defineErrors('orion', {
  ORION_DATA_UNFIT: errorKind<{ learner: string; reason: Reason }>({
    status: 422,
    message: ({ learner, reason }) =>
      `${learner} cannot learn from these data: ${typeof reason === 'string' ? reason : reason.text}.`,
    remedy: 'Look at the columns and the period that were given, or choose another method.',
  }),
  ORION_COLUMN_UNKNOWN: errorKind<{ fileName: string; column: string; known: readonly string[] }>({
    status: 422,
    message: ({ fileName, column, known }) =>
      `${fileName} has no column "${column}"; its columns are ${known.slice(0, 30).join(', ')}${known.length > 30 ? ` and ${known.length - 30} more` : ''}.`,
    remedy: 'Name a column as the file’s header writes it.',
  }),
  ORION_COLUMN_NOT_NUMERIC: errorKind<{ column: string; example: string }>({
    status: 422,
    message: ({ column, example }) => `The column "${column}" holds no numbers, but for example "${example}".`,
    remedy: 'Name a column of numbers, or correct the decimal sign of the file.',
  }),
  ORION_LEARNER_UNKNOWN: errorKind<{ name: string; known: readonly string[] }>({
    status: 422,
    message: ({ name, known }) => `There is no method ${name}; known are ${known.join(', ')}.`,
    remedy: 'Name one of these, or leave the choice to auto.',
  }),
  ORION_SETTINGS_INVALID: errorKind<{ learner: string; where: string; reason: string }>({
    status: 400,
    message: ({ learner, where, reason }) => `The settings of ${learner} are wrong at ${where}: ${reason}.`,
    remedy: 'Correct the setting that is named; the module’s README lists the settings of every method.',
  }),
  ORION_OPTION_INVALID: errorKind<{ option: string; value: string; wanted: string }>({
    status: 400,
    message: ({ option, value, wanted }) => `${option} is ${value}, but must be ${wanted}.`,
    remedy: 'Correct it and call again.',
  }),
  ORION_STATE_UNREADABLE: errorKind<{ reason: string }>({
    status: 422,
    message: ({ reason }) => `The model could not be opened: ${reason}.`,
    remedy: 'Name a file that this version of Millwright wrote, whole and unchanged.',
  }),
  ORION_TABLE_TOO_LARGE: errorKind<{ fileName: string; megabytes: number; limit: number }>({
    status: 413,
    message: ({ fileName, megabytes, limit }) =>
      `${fileName} would need about ${megabytes} MB in memory; the limit is ${limit} MB.`,
    remedy: 'Name fewer columns, or train trees, which read the file in pieces.',
  }),
});
