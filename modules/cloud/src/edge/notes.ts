import { defineNotes, type Note } from '@millwright/kernel';

export const edgeNotes = defineNotes('edge', {
  'box-error': ({ box, part, message }: { box: string; part: string; message: string }) =>
    `${box} could not bring ${part} into effect: ${message}.`,
  'part-problem': ({ box, part, message }: { box: string; part: string; message: string }) =>
    `${box} says of ${part}: ${message}.`,
  'part-refused': ({ box, part, reason }: { box: string; part: string; reason: Note }) =>
    `${box} did not bring all of ${part} into effect: ${reason}.`,
  'too-slow': ({ box, minutes }: { box: string; minutes: number }) =>
    `${box} was in contact, but did not report the new state as well within ${minutes} minutes.`,
  'box-removed': ({ box }: { box: string }) => `${box} was removed.`,
  'by-hand': ({ actor }: { actor: string }) => `${actor} took it back.`,
  'too-many-failed': ({ failed, most }: { failed: number; most: number }) =>
    `${failed} boxes failed, and at most ${most} may.`,
});
