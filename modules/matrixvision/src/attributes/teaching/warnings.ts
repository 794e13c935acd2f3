import type { Note } from '@millwright/kernel';
import type { CrossValidation } from '../learning/cross-validate.ts';
import { type Sample, squaredDistance } from '../learning/sample.ts';
import { attributeNotes } from '../notes.ts';

export const wantedExamples = 10;
const wantedGroups = 5;
/** Squared Hellinger distance a cell below which two pictures are the same to the eye. */
const alike = 0.004;

/** What makes the stated figure doubtful. */
export function warningsOf(samples: readonly Sample[], cells: number, validation: CrossValidation | undefined): Note[] {
  const notes: Note[] = [];
  const present = samples.filter((sample) => sample.present).length;
  const absent = samples.length - present;
  if (present < wantedExamples) notes.push(attributeNotes['few-with']({ count: present, wanted: wantedExamples }));
  if (absent < wantedExamples) notes.push(attributeNotes['few-without']({ count: absent, wanted: wantedExamples }));
  if (Math.max(present, absent) > 3 * Math.min(present, absent))
    notes.push(attributeNotes['one-sided']({ present, absent }));
  const groups = new Set(samples.map(({ group }) => group)).size;
  if (groups < wantedGroups) notes.push(attributeNotes['few-groups']({ groups }));
  const same = samples.filter((one) =>
    samples.some((other) => other !== one && squaredDistance(one.features, other.features) < alike * cells),
  ).length;
  if (same > samples.length / 3) notes.push(attributeNotes['too-alike']({ share: { share: same / samples.length } }));
  if (!validation) notes.push(attributeNotes.untested());
  else if (validation.balancedAccuracy < 0.6) notes.push(attributeNotes['no-better-than-guessing']());
  return notes;
}
