import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { RegionRule } from '../region-rule.ts';
import { ruleKind } from '../rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('flame-like'),
  ...commonFields,
  severity: commonFields.severity.default('alarm'),
  zone: zoneSchema.optional(),
  dwell: dwell(3),
});

export const flameLike = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'flame-like',
  summary: 'Regions that look like flame. Experimental: no replacement for a fire detector.',
  schema: settingsSchema,
  experimental: true,
  example: { id: 'flame', kind: 'flame-like', dwell: 2 },
  start: ({ zone, dwell: seconds, minimumScore }) =>
    new RegionRule({ region: 'flame-like', zone, dwell: seconds, minimumScore, doubts: ['experimental'] }),
});
