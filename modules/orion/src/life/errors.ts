import { defineErrors, errorKind } from '@millwright/kernel';

export const lifeErrors = defineErrors('orion-life', {
  ORION_LIFE_LAYOUT_UNKNOWN: errorKind<{ fileName: string; known: readonly string[] }>({
    status: 422,
    message: ({ fileName, known }) =>
      `${fileName} does not show which columns are the unit and the cycle; its columns are ${known.slice(0, 30).join(', ')}.`,
    remedy: 'Name them by --unit and --cycle, or give a table in the layout of C-MAPSS: 26 columns without a header.',
  }),
  ORION_LIFE_SENSORS_MISSING: errorKind<{ fileName: string; missing: readonly string[] }>({
    status: 422,
    message: ({ fileName, missing }) => `${fileName} lacks columns that the model learnt from: ${missing.join(', ')}.`,
    remedy: 'Give a table with the columns of the training, under the same names.',
  }),
  ORION_LIFE_TRUTH_MISMATCH: errorKind<{ fileName: string; truths: number; units: number }>({
    status: 422,
    message: ({ fileName, truths, units }) =>
      `${fileName} has ${truths} remaining lives, but there are ${units} units.`,
    remedy: 'Give a file with one number for each unit, in the order in which the units come in the table.',
  }),
  ORION_LIFE_THREAD_FAILED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `A thread that learns remaining lives failed: ${reason}.`,
    remedy: 'Try again; if it fails again, there may be too little memory for so many rows.',
  }),
});
