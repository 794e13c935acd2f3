import { defineErrors, errorKind } from '@millwright/kernel';

/** What data sets, experiments and trials are refused with. */
export const experimentErrors = defineErrors('orion-experiments', {
  ORION_DATASET_UNKNOWN: errorKind<{ dataset: string }>({
    status: 404,
    message: ({ dataset }) => `There is no data set ${dataset}.`,
    remedy: 'List them with `millwright orion datasets`.',
  }),
  ORION_DATASET_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site already has a data set ${name}.`,
    remedy: 'Choose another name; what is frozen never changes.',
  }),
  ORION_DATASET_UNREADABLE: errorKind<{ reason: string }>({
    status: 422,
    message: ({ reason }) => `The frozen data could not be read: ${reason}.`,
    remedy: 'Freeze them anew, or restore the file from a backup.',
  }),
  ORION_EXPERIMENT_UNKNOWN: errorKind<{ experiment: string }>({
    status: 404,
    message: ({ experiment }) => `There is no experiment ${experiment}.`,
    remedy: 'List them with `millwright orion experiments`.',
  }),
  ORION_EXPERIMENT_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `There is already an experiment ${name}.`,
    remedy: 'Choose another name.',
  }),
  ORION_EXPERIMENT_NOT_OURS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} was logged by a client, which does its own work.`,
    remedy: 'Run it again where it came from.',
  }),
  ORION_TASK_INVALID: errorKind<{ family: string; where: string; reason: string }>({
    status: 400,
    message: ({ family, where, reason }) => `The task of ${family} is wrong at ${where}: ${reason}.`,
    remedy: 'Correct what is named; modules/orion/README.md says what each family has to be told.',
  }),
  ORION_TRIAL_UNKNOWN: errorKind<{ trial: string }>({
    status: 404,
    message: ({ trial }) => `There is no trial ${trial}.`,
    remedy: 'List the trials of its experiment.',
  }),
  ORION_TRIAL_NOT_DONE: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} has learnt nothing that could be kept.`,
    remedy: 'Wait until it is done, or choose one that is.',
  }),
  ORION_SITE_MISSING: errorKind<{ name: string }>({
    status: 422,
    message: ({ name }) => `${name} belongs to no site, and a model needs one.`,
    remedy: 'Name the site of the new model.',
  }),
  ORION_THREAD_ENDED: errorKind<{ reason: string }>({
    status: 500,
    message: ({ reason }) => `The thread that learnt has ended: ${reason}.`,
    remedy: 'Give the machine more memory, or learn from fewer columns or rows.',
  }),
});
