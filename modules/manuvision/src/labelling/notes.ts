import { defineNotes } from '@millwright/kernel';

/** Why a region that somebody drew cannot be meant. */
export const regionNotes = defineNotes('manuvision-region', {
  'same-id': () => 'its id is taken by another region',
  outside: ({ width, height }: { width: number; height: number }) =>
    `it leaves the picture of ${width} x ${height} pixels`,
  'half-corner': () => 'its last corner has no y',
  'runs-sum': ({ runs, box }: { runs: number; box: number }) => `its runs make ${runs} pixels, its box has ${box}`,
  'marks-nothing': () => 'it marks no pixel',
});
