import { defineNotes, type NoteValue } from '@millwright/kernel';

interface Share {
  readonly share: number;
}

/** What a reader of a baseline or a saving should know about how it came about. */
export const baselineNotes = defineNotes('energy-baseline', {
  'intervals-missing': ({ count, of }: { count: number; of: number }) =>
    `Of ${of} intervals ${count} have readings for less than half of their time; they are left out (CalTRACK 2.0, 2.2.2).`,
  'intervals-scaled': ({ count }: { count: number }) =>
    `Intervals that were read in part, though for half of their time or more: ${count}; they were scaled up to the whole.`,
  'intervals-unknown': ({ count }: { count: number }) =>
    `Intervals left out because a temperature or a driver is unknown: ${count}.`,
  'rows-unsorted': () => 'The rows were not in the order of their times; they were sorted.',
  'rows-twice': ({ count }: { count: number }) =>
    `Rows with a time that another row has too: ${count}; of each the first was kept.`,
  'rows-left-out': ({ count }: { count: number }) => `Rows of the file that could not be read: ${count}.`,
  'stamp-assumed-start': () => 'Times were taken for the start of the interval that each row speaks of.',
  'stamp-assumed-end': () => 'Times were taken for the end of the interval that each row speaks of.',
  'temperature-unused': () =>
    'No temperature was given: what depends on the weather is in the baseline only as far as calendar and drivers carry it.',
  'driver-constant': ({ driver }: { driver: string }) =>
    `${driver} does not change over the baseline, or is a sum of the others, so nothing can be said of its effect; it was left out.`,
  'baseline-short': ({ days }: { days: number }) =>
    `The baseline covers ${days} days; CalTRACK 2.0 (2.2.1) and IPMVP Option C want 365, a full cycle of operation.`,
  'baseline-coverage': ({ share }: { share: Share }) =>
    `Only ${share} of the baseline’s intervals could be used; CalTRACK 2.0 (2.2.1.2) wants 90 %.`,
  'month-coverage': ({ months }: { months: NoteValue }) =>
    `Months of which less than 90 % of the hours could be used: ${months} (CalTRACK 3.8 wants 90 % of each).`,
  'energy-negative': ({ count }: { count: number }) =>
    `Intervals with negative energy: ${count}; CalTRACK 2.0 (2.3.5) asks to look for own generation.`,
  'cvrmse-high': ({ cvrmse }: { cvrmse: Share }) =>
    `CV(RMSE) is ${cvrmse}; ASHRAE Guideline 14-2014 wants at most 25 % of a whole-building baseline. More drivers may explain the rest.`,
  'r2-low': ({ r2 }: { r2: number }) =>
    `R² is ${r2}: the drivers explain little, and the baseline is near to a mean. IPMVP looks for 0.75.`,
  'residuals-correlated': ({ correlation }: { correlation: number }) =>
    `What the baseline misses is correlated from one interval to the next (${correlation}); the uncertainty allows for it.`,
  'reporting-outside': ({ driver, share }: { driver: NoteValue; share: Share }) =>
    `${share} of the reporting period has ${driver} outside what the baseline saw (by more than a tenth of its range): the baseline is extrapolated there.`,
  'reporting-short': ({ days }: { days: number }) =>
    `The reporting period covers ${days} days; a saving of a year cannot be told from it.`,
  'reporting-unknown': ({ count, share }: { count: number; share: Share }) =>
    `Intervals of the reporting period without energy or a driver: ${count} (${share}); nothing is claimed for them.`,
  'uncertainty-correlated': ({ ashrae }: { ashrae: Share }) =>
    `The interval rests on the spread of four-week sums of what the baseline misses when it is not shown those weeks, which is wider than by ASHRAE Guideline 14 (${ashrae}).`,
  'uncertainty-high': ({ share }: { share: Share }) =>
    `The fractional uncertainty is ${share}: ASHRAE Guideline 14 wants at most 50 % of the saving at 68 % confidence. The saving is not proven.`,
  'adjustment-outside': ({ reason }: { reason: string }) =>
    `The adjustment "${reason}" lies outside the reporting period and changes nothing.`,
  'method-chosen': ({ method, cvrmse }: { method: { readonly term: string }; cvrmse: Share }) =>
    `${method} was chosen: of daily sums in weeks that it was not shown it misses the least (CV(RMSE) ${cvrmse}).`,
});

/** Parts of the sentences of the errors of baselines. */
export const baselineReasons = defineNotes('energy-baseline-reason', {
  'no-energy': () => 'there is no reading of energy',
  constant: () => 'the energy never changes, so that no dependence can be learnt',
  'no-temperature': () => 'this method learns from a temperature, and none was given',
  'no-time': () => 'the file has no column of times',
  'few-rows': () => 'fewer than two rows have a time',
  'no-numbers': ({ column, example }: { column: string; example: string }) =>
    `the column "${column}" holds no numbers but for example "${example}"`,
  'many-states': ({ column, count, most }: { column: string; count: number; most: number }) =>
    `the column "${column}" holds ${count} different texts; a driver may have ${most}`,
});
