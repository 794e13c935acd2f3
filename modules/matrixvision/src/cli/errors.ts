import { defineErrors, errorKind } from '@millwright/kernel';

/** What the commands of MatrixVision refuse beside what their methods do. */
export const matrixvisionCliErrors = defineErrors('matrixvision-commands', {
  MATRIXVISION_FILE_UNREADABLE: errorKind<{ file: string; reason: string }>({
    status: 404,
    message: ({ file, reason }) => `${file} cannot be read: ${reason}.`,
    remedy: 'Check the path and the rights on it.',
  }),
  MATRIXVISION_JSON_INVALID: errorKind<{ file: string; reason: string }>({
    status: 422,
    message: ({ file, reason }) => `${file} is no JSON: ${reason}.`,
    remedy: 'Correct the file; modules/matrixvision/README.md shows one.',
  }),
  MATRIXVISION_FOLDER_TAKEN: errorKind<{ folder: string; found: readonly string[] }>({
    status: 409,
    message: ({ folder, found }) => `${folder} holds an earlier analysis already: ${found}.`,
    remedy:
      'Choose another folder for --out, or add --overwrite; what the analysis itself reads from it is never replaced.',
  }),
  MATRIXVISION_FOLDER_UNWRITABLE: errorKind<{ folder: string; reason: string }>({
    status: 422,
    message: ({ folder, reason }) => `${folder} cannot be written to: ${reason}.`,
    remedy: 'Choose another folder, or give yourself the right to write to it.',
  }),
  MATRIXVISION_OPTION_INVALID: errorKind<{ option: string; value: string; wanted: string }>({
    status: 400,
    message: ({ option, value, wanted }) => `${option} is ${value}, but must be ${wanted}.`,
    remedy: 'Correct the option and call again.',
  }),
});
