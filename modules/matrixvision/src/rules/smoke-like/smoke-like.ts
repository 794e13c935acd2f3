import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { RegionRule } from '../region-rule.ts';
import { ruleKind } from '../rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('smoke-like'),
  ...commonFields,
  severity: commonFields.severity.default('alarm'),
  zone: zoneSchema.optional(),
  dwell: dwell(3),
});

export const smokeLike = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'smoke-like',
  summary: 'Regions that look like smoke. Experimental: no replacement for a fire detector.',
  schema: settingsSchema,
  experimental: true,
  example: { id: 'smoke', kind: 'smoke-like', dwell: 2 },
  start: ({ zone, dwell: seconds, minimumScore }) =>
    new RegionRule({ region: 'smoke-like', zone, dwell: seconds, minimumScore, doubts: ['experimental'] }),
});
