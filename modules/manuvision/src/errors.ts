import { defineErrors, errorKind, type Reason, textOf } from '@millwright/kernel';

export const manuvisionErrors = defineErrors('manuvision', {
  MANUVISION_OPTION_INVALID: errorKind<{ option: string; value: string; wanted: string }>({
    status: 400,
    message: ({ option, value, wanted }) => `${option} is ${value}, but must be ${wanted}.`,
    remedy: 'Correct it and call again.',
  }),
  MANUVISION_KIND_UNKNOWN: errorKind<{ kind: string; known: readonly string[] }>({
    status: 404,
    message: ({ kind, known }) => `There is no kind of inspection ${kind}; known are ${known}.`,
    remedy: 'Take one of these, or update the product if the model comes from a newer one.',
  }),
  MANUVISION_SETTINGS_INVALID: errorKind<{ kind: string; where: string; reason: string }>({
    status: 422,
    message: ({ kind, where, reason }) => `The settings of the kind ${kind} are not valid at ${where}: ${reason}.`,
    remedy: 'Correct them; GET /api/manuvision/kinds and `millwright manuvision kinds` say what each kind can be told.',
  }),
  MANUVISION_KIND_LEARNS: errorKind<{ kind: string }>({
    status: 409,
    message: ({ kind }) => `The kind ${kind} learns from pictures, and judges none before it has been trained.`,
    remedy: 'Train it; only kinds that judge by their settings alone can be tried before.',
  }),
  MANUVISION_MODEL_UNREADABLE: errorKind<{ file: string; reason: string }>({
    status: 404,
    message: ({ file, reason }) => `The model ${file} cannot be read (${reason}).`,
    remedy: 'Check the path and the rights on the file.',
  }),
  MANUVISION_MODEL_NOT_ONNX: errorKind<{ file: string }>({
    status: 422,
    message: ({ file }) => `${file} is not an ONNX file.`,
    remedy: 'Give the .onnx file that `millwright manuvision train` wrote.',
  }),
  MANUVISION_MODEL_FOREIGN: errorKind<{ file: string }>({
    status: 422,
    message: ({ file }) => `${file} is an ONNX file, but no trained inspection: it has no card inside.`,
    remedy: 'Give the .onnx file that `millwright manuvision train` wrote, unchanged by other tools.',
  }),
  MANUVISION_MODEL_VERSION: errorKind<{ file: string; format: string; known: number }>({
    status: 422,
    message: ({ file, format, known }) => `${file} has the format ${format}; this version reads format ${known}.`,
    remedy: 'Train it again with this version, or update the product.',
  }),
  MANUVISION_MODEL_METHOD: errorKind<{ file: string; kind: string; version: string; known: string }>({
    status: 422,
    message: ({ file, kind, version, known }) =>
      `${file} was trained by version ${version} of ${kind}; this product has version ${known}.`,
    remedy: 'Train it again with this version, or judge with the version that trained it.',
  }),
  MANUVISION_MODEL_KIND: errorKind<{ file: string; kind: string; wanted: string }>({
    status: 422,
    message: ({ file, kind, wanted }) =>
      `${file} is an inspection of the kind ${kind}; here one of ${wanted} is wanted.`,
    remedy: 'Give a model of that kind, or call the command of its kind.',
  }),
  MANUVISION_BANK_UNKNOWN: errorKind<{ file: string }>({
    status: 409,
    message: ({ file }) => `The model ${file} does not say which good patches it remembers, so it cannot be explained.`,
    remedy:
      'Train it again with this version: older ones did not note it. The kind defects needs at least 8 good parts for it.',
  }),
  MANUVISION_MODEL_DAMAGED: errorKind<{ file: string; reason: string }>({
    status: 422,
    message: ({ file, reason }) => `The model ${file} is damaged: ${reason}.`,
    remedy: 'Copy it again from where it was trained, or train it again with the same seed.',
  }),
  MANUVISION_MODEL_REFUSED: errorKind<{ file: string; reason: Reason }>({
    status: 422,
    message: ({ file, reason }) => `The model ${file} is not loaded: ${textOf(reason)}.`,
    remedy: 'Use only models that `millwright manuvision train` wrote, from a source that you trust.',
  }),
  MANUVISION_BASE_MISSING: errorKind<{ base: string }>({
    status: 422,
    message: ({ base }) => `No readable good picture is named ${base}, on which the others are to be laid.`,
    remedy:
      'Choose one in the settings, or leave `base` out for the first. Pictures of a data set are named by the SHA-256 of their file, those of a folder by their path in it.',
  }),
  MANUVISION_NO_GOOD_PICTURES: errorKind<{ folder: string; dropped: number }>({
    status: 422,
    message: ({ folder, dropped }) =>
      `There is no usable picture of a good part in ${folder} (${dropped} files were left out).`,
    remedy: 'Give a folder with at least one readable picture of a good part; 100 or more give a useful promise.',
  }),
  MANUVISION_NO_DEFECT_PICTURES: errorKind<{ folder: string; dropped: number }>({
    status: 422,
    message: ({ folder, dropped }) =>
      `There is no usable picture of a defect in ${folder} (${dropped} files were left out).`,
    remedy: 'Give a folder with pictures of defects, one sub-folder for each class.',
  }),
});
