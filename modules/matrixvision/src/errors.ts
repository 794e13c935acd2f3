import { defineErrors, errorKind, type Note, type Problem } from '@millwright/kernel';

/** What the pure part of MatrixVision can refuse. */
export const matrixvisionErrors = defineErrors('matrixvision-analysis', {
  MATRIXVISION_RULES_INVALID: errorKind<{ problems: readonly Problem[] }>({
    status: 422,
    message: ({ problems }) => `The rules are not usable: ${problems.join('; ')}.`,
    remedy: 'modules/matrixvision/README.md describes each field; every rule needs a kind and an id of its own.',
  }),
  MATRIXVISION_MOT_INVALID: errorKind<{ file: string; line: number; reason: Note }>({
    status: 422,
    message: ({ file, line, reason }) => `${file}, line ${line}: ${reason}.`,
    remedy: 'A line of a MOTChallenge file is: frame from 1, id, left, top, width, height, confidence, -1, -1, -1.',
  }),
  MATRIXVISION_NO_PICTURE: errorKind({
    status: 422,
    message: () => 'The analysis ended before a single picture came.',
    remedy: 'Let it go on for longer, and check that the camera sends pictures.',
  }),
  MATRIXVISION_TRACKS_INVALID: errorKind<{ place: number; reason: Note }>({
    status: 422,
    message: ({ place, reason }) => `The stored tracks cannot be read on from byte ${place}: ${reason}.`,
    remedy: 'What came before is whole. Take the file from a backup, or analyse the recording again.',
  }),
});
