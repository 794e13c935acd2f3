import { defineErrors, errorKind } from '@millwright/kernel';

export const trainingErrors = defineErrors('manuvision-training', {
  MANUVISION_PARITY_BROKEN: errorKind<{ pictures: number; changedDecisions: number; maxScoreDifference: number }>({
    status: 500,
    message: ({ pictures, changedDecisions, maxScoreDifference }) =>
      `The exported model judges ${changedDecisions} of ${pictures} pictures otherwise than the training path (largest difference of scores ${maxScoreDifference}); it was not written.`,
    remedy: 'Train with another seed or promise; if it happens again, report it with the pictures.',
  }),
});
