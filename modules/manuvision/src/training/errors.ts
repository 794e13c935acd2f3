import { defineErrors, errorKind } from '@millwright/kernel';

export const trainingErrors = defineErrors('manuvision-training', {
  MANUVISION_PARITY_BROKEN: errorKind<{ pictures: number; changedDecisions: number; maxScoreDifference: number }>({
    status: 500,
    message: ({ pictures, changedDecisions, maxScoreDifference }) =>
      `The exported model judges ${changedDecisions} of ${pictures} pictures otherwise than the training path (largest difference of scores ${maxScoreDifference}); it was not written.`,
    remedy: 'Train with another seed or promise; if it happens again, report it with the pictures.',
  }),
  MANUVISION_WRITE_FAILED: errorKind<{ file: string; reason: string }>({
    status: 507,
    message: ({ file, reason }) => `${file} cannot be written (${reason}); nothing was left behind.`,
    remedy: 'Make room on the disk or give another folder, and call again.',
  }),
});
