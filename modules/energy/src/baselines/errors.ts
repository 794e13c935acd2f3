import { defineErrors, errorKind, type Reason } from '@millwright/kernel';

export const baselineErrors = defineErrors('energy-baseline', {
  ENERGY_BASELINE_TOO_SHORT: errorKind<{ method: string; have: number; need: number; step: string }>({
    status: 422,
    message: ({ method, have, need, step }) =>
      `A ${method} baseline needs at least ${need} intervals of one ${step} with all drivers known; there are ${have}.`,
    remedy: 'Take a longer baseline period, leave out drivers that are mostly missing, or choose another method.',
  }),
  ENERGY_BASELINE_UNFIT: errorKind<{ reason: Reason }>({
    status: 422,
    message: ({ reason }) => `No baseline can be learnt: ${typeof reason === 'string' ? reason : reason.text}.`,
    remedy: 'Look at the columns and the period that were given.',
  }),
  ENERGY_BASELINE_METHOD_UNKNOWN: errorKind<{ method: string; known: readonly string[] }>({
    status: 422,
    message: ({ method, known }) => `There is no baseline method ${method}; known are ${known.join(', ')}.`,
    remedy: 'Name one of these, or leave the choice to auto.',
  }),
  ENERGY_OPTION_INVALID: errorKind<{ option: string; value: string; wanted: string }>({
    status: 400,
    message: ({ option, value, wanted }) => `"${value}" is nothing that ${option} can be; give ${wanted}.`,
    remedy: 'Correct the option.',
  }),
  ENERGY_REPORTING_EMPTY: errorKind<{ from: string; to: string }>({
    status: 422,
    message: ({ from, to }) => `The reporting period ${from} to ${to} has no interval with energy and all drivers.`,
    remedy: 'Choose another period, or look at which driver is missing in it.',
  }),
  ENERGY_REPORTING_BEFORE_BASELINE: errorKind<{ from: string; baselineTo: string }>({
    status: 422,
    message: ({ from, baselineTo }) =>
      `The reporting period begins at ${from}, before the baseline ends at ${baselineTo}.`,
    remedy: 'Let the baseline end before the measure begins, and the reporting period begin after it.',
  }),
  ENERGY_MEASURE_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no measure ${id}.`,
    remedy: 'List the measures to see which there are.',
  }),
  ENERGY_MEASURE_ORDER: errorKind<{ baselineFrom: string; workFrom: string; workTo: string }>({
    status: 422,
    message: ({ baselineFrom, workFrom, workTo }) =>
      `The baseline from ${baselineFrom}, the work from ${workFrom} and its end at ${workTo} do not follow each other.`,
    remedy: 'Let the baseline begin before the work, and the work end after it begins.',
  }),
});
