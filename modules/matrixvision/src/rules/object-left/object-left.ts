import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { RegionRule } from '../region-rule.ts';
import { ruleKind } from '../rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('object-left'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(10),
});

export const objectLeft = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'object-left',
  summary: 'Things that somebody put down and left.',
  schema: settingsSchema,
  example: { id: 'object-left', kind: 'object-left', dwell: 5 },
  start: ({ zone, dwell: seconds, minimumScore }) =>
    new RegionRule({ region: 'left', zone, dwell: seconds, minimumScore, doubts: [] }),
});
