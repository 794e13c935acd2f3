import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { RegionRule } from '../region-rule.ts';
import { ruleKind } from '../rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('object-taken'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(10),
});

export const objectTaken = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'object-taken',
  summary: 'Things that stood there and are gone.',
  schema: settingsSchema,
  example: { id: 'object-taken', kind: 'object-taken', dwell: 5 },
  start: ({ zone, dwell: seconds, minimumScore }) =>
    new RegionRule({ region: 'taken', zone, dwell: seconds, minimumScore, doubts: [] }),
});
