import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('loitering'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(60),
  grace: z.number().min(0).max(600).default(5).describe('Seconds outside after which a stay begins anew'),
});

export const loitering = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'loitering',
  summary: 'Things that stay in a zone for longer than they should.',
  schema: settingsSchema,
  example: { id: 'gate-loitering', kind: 'loitering', classes: ['person'], dwell: 30 },
  start: ({ zone, anchor, dwell: seconds, grace }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, graceMs: grace * 1000, flickerMs: Number.POSITIVE_INFINITY },
      begin: () => null,
      check: ({ since, last }) => ({ values: { seconds: (last - since) / 1000 } }),
    }),
});
