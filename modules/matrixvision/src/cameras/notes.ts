import { defineNotes } from '@millwright/kernel';

/** What is to be known of a camera that delivers all the same. */
export const cameraNotes = defineNotes('cameras', {
  'disk-full': () => 'Nothing is recorded, since the disk is full; it goes on by itself once there is room.',
  'not-recorded': ({ reason }: { reason: string }) => `Nothing is recorded: ${reason}`,
  'too-fast': () =>
    'The video comes faster than this machine decodes it, so only key frames are analysed; take the smaller stream of the camera, or fewer cameras a machine. The recording is whole.',
  'rule-attribute': ({ rule, names }: { rule: string; names: string }) =>
    `The rule ${rule} finds nothing: ${names} is not told on this camera. Teach it, and use it here.`,
  'rule-labels': ({ rule, names }: { rule: string; names: string }) =>
    `The rule ${rule} finds nothing: the detector of this camera gives no ${names}.`,
  'hardware-missing': ({ hardware }: { hardware: string }) =>
    `The video is decoded in software, since ${hardware} is not there or does not decode it.`,
});
