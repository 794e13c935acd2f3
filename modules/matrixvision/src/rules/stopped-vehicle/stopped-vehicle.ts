import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { Motion } from '../motion.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('stopped-vehicle'),
  ...commonFields,
  classes: commonFields.classes.default(['car', 'truck', 'bus', 'motorcycle', 'forklift']),
  zone: zoneSchema.optional(),
  dwell: dwell(30),
  still: z
    .number()
    .gt(0)
    .max(2)
    .default(0.1)
    .describe('Moving by less than this, in heights of its box, a vehicle stands'),
});

const windowMs = 3_000;

export const stoppedVehicle = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'stopped-vehicle',
  summary: 'Vehicles that stand where they should not.',
  schema: settingsSchema,
  example: { id: 'fire-lane', kind: 'stopped-vehicle', dwell: 20 },
  start: ({ zone, anchor, dwell: seconds, still }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'stops', graceMs: 5_000, flickerMs: 2_000 },
      begin: () => ({ motion: new Motion(windowMs), stands: undefined as number | undefined }),
      check({ object, last }, state, observation) {
        state.motion.add(object, observation, undefined);
        const spread = state.motion.spread();
        if (!spread) return 'unknown';
        if (spread.heights > still) {
          state.stands = undefined;
          return undefined;
        }
        state.stands ??= spread.since;
        return { values: { seconds: (last - state.stands) / 1000 } };
      },
    }),
});
