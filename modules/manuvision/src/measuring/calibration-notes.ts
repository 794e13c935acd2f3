import { defineNotes } from '@millwright/kernel';

/** Why a picture was not used for a calibration. */
export const calibrationNotes = defineNotes('manuvision-calibration', {
  'no-board': () => 'no checkerboard was seen',
  'other-board': ({ columns, rows }: { columns: number; rows: number }) =>
    `a checkerboard of ${columns} x ${rows} squares was seen, not all of those wanted or more`,
  unreadable: ({ reason }: { reason: string }) => `it cannot be read as a picture: ${reason}`,
  'not-among': () => 'it is not among the pictures',
});
