import { defineNotes, type NoteValue } from '@millwright/kernel';

type Moment = Extract<NoteValue, { time: string }>;

/** What is said beside alarms. */
export const detectNotes = defineNotes('detect', {
  'sensors-still': ({ columns }: { columns: string }) =>
    `These columns did not change in the rows that were learnt from, or were hardly known there, and take no part: ${columns}.`,
  'not-numbers': ({ columns }: { columns: string }) => `These columns hold no numbers and are left out: ${columns}.`,
  'clock-back': ({ count }: { count: number }) =>
    `The time goes back ${count} times; rows were taken in the order in which they stand, as they came in.`,
  'times-twice': ({ count }: { count: number }) => `${count} rows have the time of the row before.`,
  'rows-left-out': ({ count }: { count: number }) => `${count} rows were none, and are left out.`,
  'mostly-missing': ({ column, share }: { column: string; share: { readonly share: number } }) =>
    `${column} is missing in ${share} of the rows.`,
  stuck: ({ column, from, rows }: { column: string; from: Moment; rows: number }) =>
    `${column} stood at one value for ${rows} rows from ${from} on, longer than it ever did in the rows learnt from: the sensor may be dead.`,
  'stuck-row': ({ column, row, rows }: { column: string; row: number; rows: number }) =>
    `${column} stood at one value for ${rows} rows from row ${row} on, longer than it ever did in the rows learnt from: the sensor may be dead.`,
  'no-times': () => 'The file has no times; rows count as seconds, and nothing can be promised for a week.',
  'promise-wide': ({ weeks, more }: { weeks: number; more: number }) =>
    `The promise rests on ${weeks} weeks of normal running; ${more} weeks more would narrow it to one and a half times what was promised.`,
  'promise-tail': () =>
    'Too few false alarms were seen to be counted; the threshold continues the tail of those that were.',
  'usual-threshold': () =>
    'The threshold is the method’s usual one; --promise sets it from this file’s own normal running.',
});
