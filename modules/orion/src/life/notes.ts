import { defineNotes, type NoteValue } from '@millwright/kernel';

/** Why runs or normal running cannot be learnt from, and why something is guessed. */
export const lifeNotes = defineNotes('orion-life', {
  'not-failed': () => 'the runs do not end with the failure',
  'too-few-units': ({ units, least }: { units: number; least: number }) =>
    `there are ${units} units, and at least ${least} must have failed`,
  'too-few-rows': ({ rows, least }: { rows: number; least: number }) =>
    `there are ${rows} rows of normal running, and at least ${least} are needed`,
  above: ({ sensor, spreads }: { sensor: string; spreads: number }) =>
    `${sensor} is ${spreads} spreads above what it reads in this condition`,
  below: ({ sensor, spreads }: { sensor: string; spreads: number }) =>
    `${sensor} is ${spreads} spreads below what it reads in this condition`,
  'moves-alone': ({ sensor }: { sensor: string }) => `${sensor} moves alone, the sensors watched with it stay`,
  'like-case': ({ cause, alike }: { cause: string; alike: NoteValue }) =>
    `it deviates like the past case "${cause}", by ${alike}`,
  'nothing-varies': () => 'no sensor varies',
});
