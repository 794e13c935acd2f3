import { defineNotes, type Note } from '@millwright/kernel';

/** What to look at by what is blamed: usual failure modes of rotating and process equipment (ISO 14224, ISO 17359 annex B). */
export const hintNotes = defineNotes('orion-hints', {
  'vibration-bearing': () => 'Check the bearings: play, noise, lubricant; measure vibration on both sides.',
  'vibration-mounting': () => 'Check alignment, balance, and the bolts of base and coupling.',
  'temperature-cooling': () => 'Check lubrication and cooling: level, flow, dirt on the surfaces.',
  'temperature-sensor': () => 'Compare the temperature with a second instrument.',
  'power-load': () => 'Compare the load with what is produced; look for blockage or friction.',
  'power-motor': () => 'Measure the currents of all phases, and the insulation of the motor.',
  'flow-path': () => 'Check filters, valves and pipes for blockage or leaks.',
  'pressure-leak': () => 'Look for leaks, and compare the gauge with a second one.',
  'any-instrument': () => 'Check the instrument and its wiring: is the value believable?',
  'any-change': () => 'Ask what was changed: product, setting, maintenance.',
});

type Hint = keyof typeof hintNotes;

const byQuantity: readonly (readonly [RegExp, readonly Hint[]])[] = [
  [/vibration|velocity|acceleration/, ['vibration-bearing', 'vibration-mounting']],
  [/temperature/, ['temperature-cooling', 'temperature-sensor']],
  [/power|current|energy|voltage/, ['power-load', 'power-motor']],
  [/flow|volume|mass/, ['flow-path']],
  [/pressure/, ['pressure-leak', 'flow-path']],
];

/** A checklist for whoever goes there: by the quantities that lead the blame, the most blamed first, and what is always worth asking. */
export function hintsFor(blamed: readonly { readonly quantity: string; readonly share: number }[]): Note[] {
  const found: Hint[] = [];
  for (const { quantity, share } of [...blamed].sort((a, b) => b.share - a.share))
    if (share >= 0.15)
      for (const [pattern, hints] of byQuantity) if (pattern.test(quantity.toLowerCase())) found.push(...hints);
  return [...new Set<Hint>([...found, 'any-instrument', 'any-change'])].map((hint) => hintNotes[hint]());
}
