import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('zone-entry'),
  ...commonFields,
  zone: zoneSchema,
  dwell: dwell(0),
});

export const zoneEntry = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'zone-entry',
  summary: 'Things that come into a zone, or are in it when the schedule begins.',
  schema: settingsSchema,
  example: {
    id: 'press-area',
    kind: 'zone-entry',
    classes: ['person'],
    zone: [
      [0.2, 0.3],
      [0.8, 0.3],
      [0.8, 1],
      [0.2, 1],
    ],
  },
  start: ({ zone, anchor, dwell: seconds }) =>
    // Being inside is the condition itself: it cannot flicker while the stay goes on.
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'entries', flickerMs: Number.POSITIVE_INFINITY },
      begin: () => null,
      check: () => ({}),
    }),
});
