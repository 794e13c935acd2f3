import { defineNotes } from '@millwright/kernel';

/** Why runs cannot be learnt from. */
export const lifeNotes = defineNotes('orion-life', {
  'not-failed': () => 'the runs do not end with the failure',
  'too-few-units': ({ units, least }: { units: number; least: number }) =>
    `there are ${units} units, and at least ${least} must have failed`,
  'nothing-varies': () => 'no sensor varies',
});
