import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('equipment-missing'),
  ...commonFields,
  classes: commonFields.classes.default(['person']),
  zone: zoneSchema.optional(),
  dwell: dwell(2),
  attribute: z.string().min(1).max(64).describe('Name of the equipment as it was taught: hard hat'),
  confidence: z.number().min(0).max(1).default(0.7).describe('How sure it must be that it is missing'),
});

export const equipmentMissing = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'equipment-missing',
  summary: 'People without the protective equipment that a zone asks for.',
  schema: settingsSchema,
  example: { id: 'hard-hats', kind: 'equipment-missing', attribute: 'hard hat' },
  start: ({ zone, anchor, dwell: seconds, attribute, confidence }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'missing' },
      begin: () => null,
      check({ object }) {
        const known = object.attributes?.[attribute];
        if (!known || known.confidence < confidence) return 'unknown';
        return known.present ? undefined : { values: { attribute, confidence: known.confidence } };
      },
    }),
});
