import { defineErrors, errorKind } from '@millwright/kernel';

export const modelErrors = defineErrors('models', {
  PLANT_MODEL_UNKNOWN: errorKind<{ model: string }>({
    status: 404,
    message: ({ model }) => `There is no model ${model}.`,
    remedy: 'List them with `millwright cloud models`, or on the Models page.',
  }),
  PLANT_MODEL_AMBIGUOUS: errorKind<{ model: string; sites: string[] }>({
    status: 422,
    message: ({ model, sites }) => `Several sites have a model ${model}: ${sites.join(', ')}.`,
    remedy: 'Name the model by its id.',
  }),
  PLANT_MODEL_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site already has a model ${name}.`,
    remedy: 'Choose another name, or add a version to that model.',
  }),
  PLANT_MODEL_VERSION_UNKNOWN: errorKind<{ name: string; version: number }>({
    status: 404,
    message: ({ name, version }) => `${name} has no version ${version}.`,
    remedy: 'Look at the model for the versions that it has.',
  }),
  PLANT_MODEL_NOT_LIVE: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `No version of ${name} is live.`,
    remedy: 'Review a version and bring it live first.',
  }),
  PLANT_MODEL_STAGE_REFUSED: errorKind<{ name: string; version: number; from: string; to: string; possible: string[] }>(
    {
      status: 409,
      message: ({ name, version, from, to, possible }) =>
        `Version ${version} of ${name} is ${from} and cannot become ${to}; it can become ${possible.join(', ')}.`,
      remedy: 'Take one of these steps; what goes live has to be reviewed before.',
    },
  ),
  PLANT_MODEL_SHADOW_REFUSED: errorKind<{ name: string; version: number; stage: string }>({
    status: 409,
    message: ({ name, version, stage }) =>
      `Version ${version} of ${name} is ${stage}; only a draft or a reviewed one runs as a shadow.`,
    remedy: 'Name a version that is not live yet.',
  }),
});
