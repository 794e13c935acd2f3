import { defineNotes, type NoteValue } from '@millwright/kernel';

/** What whoever trains on a table should know of it. */
export const trainingNotes = defineNotes('orion-training', {
  'target-missing': ({ rows, column }: { rows: number; column: string }) =>
    `${rows} rows have no value of ${column} and are left out.`,
  'column-empty': ({ column }: { column: string }) => `${column} holds nothing and is left out.`,
  'column-constant': ({ column }: { column: string }) => `${column} has one value only and is left out.`,
  'column-names-rows': ({ column, levels }: { column: string; levels: number }) =>
    `${column} has ${levels} different texts, so it names rows rather than describes them, and is left out.`,
  'column-counts-rows': ({ column }: { column: string }) =>
    `${column} only rises from row to row, so it counts the rows, and is left out.`,
  'mostly-missing': ({ column, share }: { column: string; share: NoteValue }) =>
    `${column} is missing in ${share} of the rows.`,
  'leak-copy': ({ column, target }: { column: string; target: string }) =>
    `${column} alone tells ${target} without a mistake in rows that were held out: it is probably part of the answer. Leave it out with --leave-out if it is not known beforehand.`,
  'leak-value': ({
    column,
    value,
    target,
    class: name,
    rows,
  }: {
    column: string;
    value: string;
    target: string;
    class: string;
    rows: number;
  }) =>
    `Whenever ${column} is ${value} (${rows} rows), ${target} is ${name}: it may be part of the answer. Leave it out with --leave-out if it is not known beforehand.`,
  'rare-class': ({ class: name, rows }: { class: string; rows: number }) =>
    `The class ${name} has ${rows} rows, too few to learn it or to measure how well it is told.`,
  'duplicate-rows': ({ rows }: { rows: number }) =>
    `${rows} rows are the same as others; where one of two alike is held out, the figures look better than they are.`,
  'in-pieces': ({ rows }: { rows: number }) =>
    `The file was read in pieces: the model is the one that was measured, and did not learn from the ${rows} rows that were held out.`,
  'not-better': ({ method, yardstick }: { method: string; yardstick: string }) =>
    `${method} is no better than ${yardstick} on the rows that were held out.`,
  'unknown-levels': ({ column, rows, levels }: { column: string; rows: number; levels: readonly string[] }) =>
    `${column} has levels that were not learnt, in ${rows} rows: ${levels}. They count as missing.`,
  'range-other': ({
    column,
    low,
    high,
    learntLow,
    learntHigh,
  }: {
    column: string;
    low: number;
    high: number;
    learntLow: number;
    learntHigh: number;
  }) =>
    `${column} runs from ${low} to ${high}, but was learnt from ${learntLow} to ${learntHigh}: is it in another unit?`,
  'all-missing': ({ column }: { column: string }) =>
    `${column} is missing in every row, which it was not when it was learnt.`,
});
