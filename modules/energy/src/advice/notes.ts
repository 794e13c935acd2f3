import { defineNotes, type NoteValue } from '@millwright/kernel';

/** What a reader of a saving advice should know about how it came about. */
export const adviceNotes = defineNotes('energy-advice', {
  'hourly-peak': () => 'Peaks are those of hours; the bill’s quarter hours may be higher.',
  'known-in-advance': () =>
    'The program knew each day’s load in advance; with a forecast in its place less will be saved.',
  'no-reactive-price': () => 'The tariff has no price of reactive energy: only losses count.',
  'no-tariff': () => 'No tariff is assigned: the price is the one that was given.',
  'no-price': () => 'No tariff is assigned and no price was given: what it is worth is unknown.',
  'no-emission-factor': () => 'No emission factor was given: what it means in CO2e is unknown.',
  'transformers-off': ({ on, off }: { on: NoteValue; off: NoteValue }) => `Keep on: ${on}; switch off: ${off}.`,
});

export const adviceReasons = defineNotes('energy-advice-reason', {
  'needs-production': () => 'a point of production',
  'needs-lagging': () => 'a register of lagging reactive energy beside the meter',
  'needs-cooling': () => 'a meter of the cold that is delivered',
  'needs-tariff': () => 'a tariff that is assigned to the site',
  'needs-hours': ({ need, have }: { need: number; have: number }) => `${need} hours with energy; there are ${have}`,
});
