import { defineErrors, errorKind, type Problem, type Reason, textOf } from '@millwright/kernel';

export const inferenceErrors = defineErrors('inference', {
  INFERENCE_OPERATOR_UNKNOWN: errorKind<{ operator: string; node: string }>({
    status: 500,
    message: ({ operator, node }) => `The operator ${operator} of the node ${node} cannot be converted to ONNX.`,
    remedy: 'Install the version of @vladmandic/human that package-lock.json names.',
  }),
  INFERENCE_MODEL_UNKNOWN: errorKind<{ model: string; known: readonly string[] }>({
    status: 404,
    message: ({ model, known }) => `There is no model ${model}; known by name are ${known}.`,
    remedy: 'Take one of these names, or give the path of a model card (a file that ends in .json).',
  }),
  INFERENCE_LABELS_UNKNOWN: errorKind<{ model: string; labels: readonly string[]; known: readonly string[] }>({
    status: 422,
    message: ({ model, labels, known }) => `${model} knows none of the classes ${labels}; it knows ${known}.`,
    remedy: 'Name classes of this network, or take another network.',
  }),
  INFERENCE_CONVERSION_DRIFT: errorKind<{ model: string; output: string; difference: number; tolerance: number }>({
    status: 500,
    message: ({ model, output, difference, tolerance }) =>
      `${model}, converted to ONNX, does not give what the original gives: ${output} is off by ${difference}, allowed is ${tolerance}.`,
    remedy:
      'Install the versions that package-lock.json names, and empty the folder that converted models are kept in.',
  }),
  INFERENCE_CACHE_FAILED: errorKind<{ folder: string; reason: string }>({
    status: 500,
    message: ({ folder, reason }) => `The converted model cannot be kept in ${folder} (${reason}).`,
    remedy: 'Give a folder that may be written to and has 50 MB of room.',
  }),
  INFERENCE_CACHE_BUSY: errorKind<{ lock: string; seconds: number }>({
    status: 503,
    message: ({ lock, seconds }) => `Another process has been converting this model for ${seconds} s (${lock}).`,
    remedy: 'Wait for it and start again; if no such process runs, remove that file.',
  }),
  INFERENCE_CARD_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The model card ${path} cannot be read (${reason}).`,
    remedy: 'A model card is a JSON file of at most 1 MB; packages/inference/README.md describes it.',
  }),
  INFERENCE_CARD_INVALID: errorKind<{ path: string; problems: readonly Problem[] }>({
    status: 422,
    message: ({ path, problems }) => `The model card ${path} is not valid: ${problems}.`,
    remedy: 'Correct these places; packages/inference/model-card.schema.json says what a card may hold.',
  }),
  INFERENCE_MODEL_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The ONNX file ${path} cannot be read (${reason}).`,
    remedy: 'Check the name in the card and the rights on the file; it must lie in the folder of the card.',
  }),
  INFERENCE_MODEL_CHANGED: errorKind<{ path: string; expected: string; actual: string }>({
    status: 422,
    message: ({ path, expected, actual }) =>
      `The ONNX file ${path} has the SHA-256 ${actual}; its card says ${expected}.`,
    remedy: 'Fetch the file again, or correct the card if the file was changed on purpose.',
  }),
  INFERENCE_MODEL_REFUSED: errorKind<{ path: string; reason: Reason }>({
    status: 422,
    message: ({ path, reason }) => `The ONNX file ${path} is not loaded: ${textOf(reason)}.`,
    remedy: 'Export the network again as one self-contained ONNX file from a source that you trust.',
  }),
  INFERENCE_SESSION_FAILED: errorKind<{ model: string; provider: string; reason: string }>({
    status: 422,
    message: ({ model, provider, reason }) =>
      `ONNX Runtime cannot load ${model} with the provider ${provider} (${reason}).`,
    remedy: 'Check that the file is a complete ONNX network of an opset that this version of ONNX Runtime knows.',
  }),
  INFERENCE_RUN_FAILED: errorKind<{ model: string; reason: string }>({
    status: 422,
    message: ({ model, reason }) => `The network ${model} failed while running (${reason}).`,
    remedy: 'Compare the input of its card (layout, type, size, batch) with what the network was exported for.',
  }),
  INFERENCE_CARD_MISMATCH: errorKind<{ model: string; reason: Reason }>({
    status: 422,
    message: ({ model, reason }) => `The card of ${model} does not fit its network: ${textOf(reason)}.`,
    remedy: 'Correct the card; a viewer such as Netron shows the inputs and outputs of an ONNX file.',
  }),
  INFERENCE_NETWORK_UNFIT: errorKind<{ model: string; reason: string }>({
    status: 422,
    message: ({ model, reason }) => `The network ${model} cannot serve as a backbone: ${reason}.`,
    remedy: 'Export it again as the README of packages/inference says under "A backbone of your own", or take another.',
  }),
  INFERENCE_PICTURE_INVALID: errorKind<{ reason: Reason }>({
    status: 400,
    message: ({ reason }) => `The picture cannot be used: ${textOf(reason)}.`,
    remedy: 'Make it with the sizes that `inputFor` gives, as packed rgb24.',
  }),
  INFERENCE_PICTURE_UNREADABLE: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The picture ${path} cannot be read (${reason}).`,
    remedy: 'Give a JPEG, PNG, WebP, TIFF or GIF file.',
  }),
  INFERENCE_WORKER_LOST: errorKind<{ model: string; reason: string }>({
    status: 500,
    message: ({ model, reason }) => `The worker that runs ${model} has ended (${reason}).`,
    remedy: 'Open it again; where it is always the same ONNX file, do not load that one again.',
  }),
  INFERENCE_MEMORY_EXCEEDED: errorKind<{ model: string; megabytes: number }>({
    status: 422,
    message: ({ model, megabytes }) => `${model} takes more memory than the ${megabytes} MB it may, and was ended.`,
    remedy:
      'Export the network for a smaller input or with fewer layers; a network from a stranger should not be used.',
  }),
  INFERENCE_TIME_EXCEEDED: errorKind<{ model: string; seconds: number }>({
    status: 422,
    message: ({ model, seconds }) => `${model} did not answer within ${seconds} s and was ended.`,
    remedy: 'Export the network for a smaller input, or take a smaller one; a camera needs several answers a second.',
  }),
  INFERENCE_CLOSED: errorKind<{ model: string }>({
    status: 409,
    message: ({ model }) => `${model} has been closed.`,
    remedy: 'Open it again.',
  }),
});
