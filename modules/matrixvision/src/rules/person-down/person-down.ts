import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';
import { postureOf } from './posture.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('person-down'),
  ...commonFields,
  classes: commonFields.classes.default(['person']),
  severity: commonFields.severity.default('alarm'),
  anchor: commonFields.anchor.default('centre'),
  zone: zoneSchema.optional(),
  dwell: dwell(3),
  boxShape: z
    .boolean()
    .default(true)
    .describe('Where no pose is known, take a box that is wider than high for a person who lies'),
});

export const personDown = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'person-down',
  summary: 'People who lie on the ground, by pose; by the shape of the box, as unconfirmed, where no pose is known.',
  schema: settingsSchema,
  example: { id: 'man-down', kind: 'person-down' },
  start: ({ zone, anchor, dwell: seconds, boxShape }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'falls' },
      begin: () => null,
      check({ object }) {
        const { lies, by } = postureOf(object);
        if (lies === undefined || (by === 'box-shape' && !boxShape)) return 'unknown';
        if (!lies) return undefined;
        return by === 'pose' ? { values: { by } } : { values: { by }, doubts: ['box-shape'] };
      },
    }),
});
