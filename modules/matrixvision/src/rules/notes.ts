import { defineNotes } from '@millwright/kernel';

/** What can be wrong with a rules file beside the forms of its fields. None has values: a schema's message is known by its words. */
export const ruleNotes = defineNotes('rules', {
  'id-form': () => 'must be of 1 to 64 letters, digits, dots, hyphens or underscores',
  'id-twice': () => 'is the name of an earlier rule too',
  clock: () => 'must be a time of day such as 06:30, at most 24:00',
  zone: () => 'must be a time zone of IANA, such as Asia/Shanghai',
  'ground-missing': () => 'speaks of metres, which needs the calibration',
  'occupancy-limit': () => 'needs a limit, a density or a crowd',
  'density-zone': () => 'is of a zone, which is missing',
  ground: () => 'do not fix the ground: three of four lie on a line, or the horizon runs between them',
});
