import { defineErrors, errorKind } from '@millwright/kernel';

/** What keeping and using users' own networks can refuse; what is wrong with a network or its card is said by inference. */
export const modelErrors = defineErrors('matrixvision-model', {
  MODEL_UNKNOWN: errorKind<{ model: string; known: readonly string[] }>({
    status: 404,
    message: ({ model, known }) => `There is no model ${model}; known are ${known.join(', ')}.`,
    remedy: 'Take one of these, or add it first; `millwright matrixvision models` lists them.',
  }),
  MODEL_TWICE: errorKind<{ name: string; version: number }>({
    status: 409,
    message: ({ name, version }) => `The very same network and card are version ${version} of ${name} already.`,
    remedy: 'Use that version.',
  }),
  MODEL_NAME_TAKEN: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site has a model ${name} already.`,
    remedy: 'Take the other one away first, or add the network again under another name.',
  }),
  MODEL_NAME_BUNDLED: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `${name} is the name of a network that comes with the product.`,
    remedy: 'Give the card another name.',
  }),
  MODEL_IN_USE: errorKind<{ name: string; cameras: readonly string[] }>({
    status: 409,
    message: ({ name, cameras }) => `${name} is in use on ${cameras.join(', ')}.`,
    remedy: 'Set these cameras to another model first.',
  }),
  MODEL_UPLOAD_UNKNOWN: errorKind<{ hash: string }>({
    status: 404,
    message: ({ hash }) => `No file with the hash ${hash} was uploaded.`,
    remedy: 'Upload it first with POST /api/matrixvision/models/files.',
  }),
  MODEL_FILE_TOO_LARGE: errorKind<{ megabytes: number }>({
    status: 413,
    message: ({ megabytes }) => `The file is larger than the ${megabytes} MB that are taken.`,
    remedy: 'Export a smaller network; one for cameras has some 5 to 200 MB.',
  }),
});
