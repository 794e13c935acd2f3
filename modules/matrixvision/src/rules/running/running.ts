import { z } from 'zod';
import { commonFields, dwell, zoneSchema } from '../common-settings.ts';
import { Motion } from '../motion.ts';
import { ruleKind } from '../rule.ts';
import { StayRule, type Verdict } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('running'),
  ...commonFields,
  classes: commonFields.classes.default(['person']),
  zone: zoneSchema.optional(),
  dwell: dwell(0.5),
  bodyHeightsPerSecond: z
    .number()
    .gt(0)
    .max(20)
    .default(1.6)
    .describe('Used where the picture is not calibrated; people walk at up to 1.2 body heights a second'),
  metresPerSecond: z.number().gt(0).max(20).optional().describe('Used instead; needs the calibration'),
});

const windowMs = 1_000;

export const running = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'running',
  summary: 'People who run. Without calibration, running towards the camera is seen as slower than it is.',
  schema: settingsSchema,
  needsGround: ({ metresPerSecond }) => metresPerSecond !== undefined,
  example: { id: 'no-running', kind: 'running' },
  start: ({ zone, anchor, dwell: seconds, bodyHeightsPerSecond, metresPerSecond }, { ground }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'runs' },
      begin: () => new Motion(windowMs),
      check({ object }, motion, observation): Verdict {
        motion.add(object, observation, ground);
        const speed = motion.speed();
        if (!speed) return 'unknown';
        if (metresPerSecond === undefined) {
          const { heightsPerSecond } = speed;
          return heightsPerSecond >= bodyHeightsPerSecond
            ? { values: { bodyHeightsPerSecond: heightsPerSecond } }
            : undefined;
        }
        if (speed.metresPerSecond === undefined) return 'unknown';
        return speed.metresPerSecond >= metresPerSecond
          ? { values: { metresPerSecond: speed.metresPerSecond } }
          : undefined;
      },
    }),
});
