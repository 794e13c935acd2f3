import { defineNotes } from '@millwright/kernel';

interface Changed {
  point: string;
  hour: { readonly time: string };
}

/** Where readings that a finding rests on are no longer what they were. */
export const evidenceNotes = defineNotes('measurement-evidence', {
  'readings-changed': ({ point, hour }: Changed) => `readings of ${point} changed in the hour ${hour}`,
  'readings-changed-more': ({ point, hour, more }: Changed & { more: number }) =>
    `readings of ${point} changed in the hour ${hour} and ${more} other hours`,
});
