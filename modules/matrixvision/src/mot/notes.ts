import { defineNotes } from '@millwright/kernel';

/** What is wrong with a line of a MOTChallenge file or of its seqinfo.ini. */
export const motNotes = defineNotes('mot', {
  'few-fields': ({ fields, least }: { fields: number; least: number }) =>
    `${fields} fields where at least ${least} are needed`,
  'no-number': ({ field, value }: { field: number; value: string }) => `field ${field} is no number: ${value}`,
  'no-frame': ({ value }: { value: string }) => `${value} is no frame number from 1 on`,
  'no-area': ({ width, height }: { width: string; height: string }) => `a box of ${width} by ${height} has no area`,
  'many-rows': ({ most }: { most: number }) => `there are more than ${most} rows`,
  figure: ({ key, value }: { key: string; value: string }) => `${key} is ${value}`,
});
