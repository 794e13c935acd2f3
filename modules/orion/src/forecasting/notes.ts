import { defineNotes, type NoteValue } from '@millwright/kernel';

type Moment = Extract<NoteValue, { time: string }>;

/** What is said beside a forecast. */
export const forecastNotes = defineNotes('forecast', {
  'too-short': ({ count, least }: { count: number; least: number }) => `it has ${count} values and needs ${least}`,
  'no-values': ({ series }: { series: string }) => `${series} has no values`,
  'no-times': () => 'it has no column with times',
  'one-time': () => 'all its rows have the same time',
  'too-long': ({ steps, rows }: { steps: number; rows: number }) =>
    `its ${rows} rows lie so far apart that a regular series would have ${steps} steps`,
  unsorted: ({ count }: { count: number }) =>
    `The rows were not in the order of time (${count} steps back); they were sorted.`,
  duplicates: ({ count }: { count: number }) => `${count} rows share their time with another; their mean was used.`,
  'clock-set-back': ({ count, time }: { count: number; time: Moment }) =>
    `The clock went back ${count} times, last at ${time}, and hours came again; of what was written twice the mean was used.`,
  'clock-reset': ({ rows, time }: { rows: number; time: Moment }) =>
    `${rows} rows from ${time} on lie far from all others, as after a clock was reset; they are left out.`,
  'off-grid': ({ count, step }: { count: number; step: string }) =>
    `${count} rows do not lie on the regular grid of ${step}; each was moved to the nearest step, and the mean taken where several met.`,
  gaps: ({ series, count, share }: { series: string; count: number; share: { readonly share: number } }) =>
    `${series} has no value at ${count} steps (${share}); methods that need one fill them by the season.`,
  'series-left-out': ({ series }: { series: string }) => `${series} has no values and is left out.`,
  'trailing-empty': ({ count }: { count: number }) =>
    `The last ${count} rows have no value to forecast; the forecast begins where the values end.`,
  'unit-change': ({ series, time, factor }: { series: string; time: Moment; factor: number }) =>
    `${series} is about ${factor} times as large from ${time} on, as after a change of unit. The forecast follows what came after; check the unit.`,
  'no-season': () => 'No season was found.',
  'no-backtest': ({ count }: { count: number }) =>
    `${count} values are too few to forecast a part of them from the rest; nothing was measured, and the yardstick was used.`,
  'known-as-perfect': ({ names }: { names: readonly string[] }) =>
    `In the back-test ${names} were known as they came to be; what is only predicted will make the forecast less good.`,
  'few-origins': ({ count }: { count: number }) =>
    `There was room for ${count} forecasts of the past only: the same ones chose the method and measured it.`,
  'method-failed': ({ method, reason }: { method: string; reason: string | NoteValue }) =>
    `${method} was left out: ${reason}.`,
  'calendar-known-to': ({ calendar, from, to }: { calendar: string; from: string; to: string }) =>
    `Holidays of ${calendar} follow official notices from ${from} to ${to}; other years have the statutory days without exchanged working days.`,
  'no-shared-columns': ({ future }: { future: string }) =>
    `${future} shares no column of numbers with the file beside what is to be forecast`,
  'future-filled': ({ name, count }: { name: string; count: number }) =>
    `${name} is not given at ${count} steps; they were filled by the season.`,
});
