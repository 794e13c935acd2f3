import { z } from 'zod';
import { commonFields, dwell, pointSchema, zoneSchema } from '../common-settings.ts';
import { Motion } from '../motion.ts';
import { ruleKind } from '../rule.ts';
import { StayRule } from '../stay-rule.ts';

const settingsSchema = z.strictObject({
  kind: z.literal('wrong-way'),
  ...commonFields,
  zone: zoneSchema.optional(),
  dwell: dwell(1),
  direction: z
    .tuple([pointSchema, pointSchema])
    .describe('An arrow along the right way, from its first point to its second'),
  tolerance: z.number().min(1).max(90).default(60).describe('Degrees off the opposite direction that are still wrong'),
  speed: z
    .number()
    .gt(0)
    .max(50)
    .default(0.3)
    .describe('Slower than this, in heights of the box a second, a thing has no direction'),
});

const windowMs = 1_500;

export const wrongWay = ruleKind<z.output<typeof settingsSchema>>({
  kind: 'wrong-way',
  summary: 'Things that move against the direction of a lane or a passage.',
  schema: settingsSchema,
  example: {
    id: 'one-way',
    kind: 'wrong-way',
    direction: [
      [0.2, 0.5],
      [0.8, 0.5],
    ],
  },
  start: ({ zone, anchor, dwell: seconds, direction: [[fromX, fromY], [toX, toY]], tolerance, speed }) =>
    new StayRule({
      ...{ zone, anchor, dwell: seconds, counted: 'wrongWay' },
      begin: () => new Motion(windowMs),
      check({ object }, motion, observation) {
        motion.add(object, observation, undefined);
        const found = motion.speed();
        if (!found) return 'unknown';
        if (found.heightsPerSecond < speed) return undefined;
        // The arrow in pixels: a fraction of the width is not as long as one of the height.
        const [dx, dy] = [(toX - fromX) * observation.width, (toY - fromY) * observation.height];
        const { x, y } = found.velocity;
        const cosine = (dx * x + dy * y) / (Math.hypot(dx, dy) * Math.hypot(x, y));
        const degrees = (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
        return 180 - degrees <= tolerance ? { values: { degrees: Math.round(degrees) } } : undefined;
      },
    }),
});
