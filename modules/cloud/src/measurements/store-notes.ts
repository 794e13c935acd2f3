import { defineNotes } from '@millwright/kernel';

interface Moment {
  readonly time: string;
}

/** Why a reading that could be read was not stored. */
export const storeNotes = defineNotes('measurement', {
  conflict: ({ value, stored }: { value: number; stored: number }) =>
    `${value} differs from the value ${stored} stored for the same time; the stored one is kept`,
  'unknown-point': ({ key }: { key: string }) => `the source has no point ${key}`,
  'no-number': ({ value }: { value: string }) => `${value} is no number`,
  'before-1970': () => 'the time lies before 1970',
  'in-the-future': ({ time }: { time: Moment }) => `${time} lies in the future; check the sender’s clock`,
  'past-retention': ({ days }: { days: number }) =>
    `it is older than the ${days} days that readings of the point are kept`,
  'negative-consumption': ({ value }: { value: number }) =>
    `${value} is negative; set the point’s minimum below 0 if it can flow back`,
  'out-of-range': ({ value, minimum, maximum }: { value: number; minimum: number; maximum: number }) =>
    `${value} lies outside ${minimum} to ${maximum}`,
});
