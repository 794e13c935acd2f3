import { defineNotes, type NoteValue } from '@millwright/kernel';

interface Moment {
  readonly time: string;
  readonly zone?: string;
}

/** What a reader of a figure should know about how it came about. */
export const energyNotes = defineNotes('energy', {
  'counter-rollover': ({ modulus }: { modulus: number }) =>
    `The register passed its end and began again at zero after ${modulus}; counted on across it.`,
  'counter-rollover-inferred': ({ modulus }: { modulus: number }) =>
    `The register fell near ${modulus}, which was taken for its end as none is declared; counted on across it.`,
  'meter-change': ({ before, after }: { before: number; after: number }) =>
    `The register went from ${before} to ${after}, which no rollover explains: taken as an exchanged or reset meter; what was used between is unknown.`,
  'counter-step-back': ({ before, after }: { before: number; after: number }) =>
    `The register stepped back from ${before} to ${after}; what was used between is unknown.`,
  'overlapping-readings': ({ count }: { count: number }) =>
    `Readings that overlap in time with the one beside them: ${count}; their amounts were kept, their time was not counted twice.`,
  'negative-amounts': ({ count }: { count: number }) =>
    `Readings that are negative: ${count}; they were counted as they are.`,
  'period-widened': () => "The period was widened to begin and end on full intervals of the site's clock.",
  estimated: ({ share }: { share: { readonly share: number } }) =>
    `${share} of the consumption was read over more than one interval and spread evenly over it.`,
  'interval-finer-than-readings': () =>
    'Readings are further apart than the interval: peak, load factor and base load rest on even spreading.',
  'read-at-other-times': ({ from, to }: { from: Moment; to: Moment }) =>
    `No reading lies in the period; this meter was read from ${from} to ${to}.`,
  'never-read': () => 'This meter has no readings yet.',
});

/** Parts of the sentences of `energyErrors`. */
export const energyReasons = defineNotes('energy-reason', {
  'series-lengths': () => 'times, values and qualities differ in number',
  'series-time': ({ index }: { index: number }) => `time ${index} is not finite`,
  'series-order': ({ time }: { time: Moment }) => `the time ${time} does not come after the one before it`,
  'series-none': () => 'there is none',
  'period-reversed': ({ from, to }: { from: string; to: string }) => `${from} is not before ${to}`,
  'period-empty': () => 'its start is not before its end',
  'period-long': () => 'it is longer than 50 years',
  'grid-reactive': () => 'active and reactive energy are not on the same intervals',
  'grid-production': () => 'energy and production are not on the same intervals',
  'grid-meters': () => 'the meters are not on the same intervals',
  'meter-twice': ({ id }: { id: string }) => `the id ${id} occurs twice`,
  'meter-orphan': ({ id, parent }: { id: string; parent: string }) =>
    `${id} hangs under ${parent}, which does not exist`,
  'meter-circle': () => 'some meters hang under each other in a circle',
  'finer-for-hours': ({ minutes }: { minutes: number }) =>
    `amounts on shorter intervals than ${minutes} minutes, since its hours change within one`,
  'finer-for-demand': ({ minutes }: { minutes: number }) =>
    `amounts per ${minutes} minutes, which it measures demand over`,
  'energy-in-kwh': () => 'energy in kW.h, since it bills demand',
  'transformer-capacity': () => 'the capacity of the transformers in kVA',
  'lagging-energy': () => 'lagging reactive energy',
  'reactive-on-grid': () => 'reactive energy in kvar.h on the same intervals as active energy',
  'the-source': ({ name }: { name: string }) => `the source ${name}`,
  'this-part': () => 'this part of the plant',
  'energy-point': () => 'point of energy',
  'production-point': () => 'point of production',
  'point-named': ({ name }: { name: string }) => `point ${name}`,
});

/** What is wrong with a tariff file, beside what its form says of every field. */
export const tariffNotes = defineNotes('tariff', {
  'price-format': () => 'must be a decimal number in quotes, like "0.6231"',
  'clock-format': () => 'must be a quarter hour like "08:30"',
  'id-format': () => 'must be lower-case words joined by hyphens',
  'currency-format': () => 'must be an ISO 4217 code',
  'zone-format': () => 'must be an IANA time zone like "Asia/Shanghai"',
  'month-missing': ({ month }: { month: number }) => `month ${month} is in no season`,
  'month-twice': ({ month, count }: { month: number; count: number }) => `month ${month} is in ${count} seasons`,
  'ends-early': ({ to, from }: { to: string; from: string }) => `it ends on ${to}, not after it begins on ${from}`,
  'day-missing': ({ season, type }: { season: string; type: string }) =>
    `season ${season}: ${type} is described nowhere`,
  'day-twice': ({ season, type, count }: { season: string; type: string; count: number }) =>
    `season ${season}: ${type} is described ${count} times`,
  'hours-missing': ({ season, types, from, to }: { season: string; types: NoteValue; from: string; to: string }) =>
    `season ${season}, ${types}: ${from} to ${to} has no period`,
  'hours-twice': (values: { season: string; types: NoteValue; from: string; to: string; periods: NoteValue }) =>
    `season ${values.season}, ${values.types}: ${values.from} to ${values.to} is claimed by ${values.periods}`,
  'hours-empty': ({ season, types, from, to }: { season: string; types: NoteValue; from: string; to: string }) =>
    `season ${season}, ${types}: ${from} to ${to} covers no time`,
  'price-missing': ({ season, period }: { season: string; period: string }) =>
    `season ${season}: ${period} has no price`,
});
