import { problemsOf } from '@millwright/kernel';
import { z } from 'zod';
import { matrixvisionErrors } from '../errors.ts';
import { type CommonSettings, pointSchema } from './common-settings.ts';
import { homographyOf } from './ground-map.ts';
import { ruleNotes } from './notes.ts';
import { kindOf, ruleKinds } from './registry.ts';

const calibrationSchema = z
  .strictObject({
    points: z
      .array(
        z.strictObject({
          picture: pointSchema,
          ground: z.tuple([z.number(), z.number()]).describe('[x, y] on the ground in metres, from any origin'),
        }),
      )
      .min(4)
      .max(100),
  })
  .describe('Four or more points of the ground with their places in metres: speeds and distances are then in metres');

const rule = z.discriminatedUnion(
  'kind',
  ruleKinds.map(({ schema }) => schema) as never,
) as unknown as z.ZodType<CommonSettings>;

export const rulesFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    calibration: calibrationSchema.optional(),
    rules: z.array(rule).max(200),
  })
  .superRefine(({ rules, calibration }, context) => {
    const seen = new Set<string>();
    rules.forEach((settings, index) => {
      const { id, kind } = settings;
      if (seen.has(id))
        context.addIssue({ code: 'custom', path: ['rules', index, 'id'], message: ruleNotes['id-twice']().text });
      seen.add(id);
      if (!calibration && kindOf(kind)?.needsGround?.(settings))
        context.addIssue({ code: 'custom', path: ['rules', index], message: ruleNotes['ground-missing']().text });
    });
    if (calibration && !homographyOf(groundPairs(calibration)))
      context.addIssue({
        ...{ code: 'custom', path: ['calibration', 'points'] },
        message: ruleNotes.ground().text,
      });
  });

export type RulesFile = z.output<typeof rulesFileSchema>;
export type RulesFileInput = z.input<typeof rulesFileSchema>;

export const groundPairs = ({ points }: z.output<typeof calibrationSchema>) =>
  points.map(({ picture, ground }) => ({
    picture: { x: picture[0], y: picture[1] },
    ground: { x: ground[0], y: ground[1] },
  }));

/** Checks what was read from a rules file. Throws MATRIXVISION_RULES_INVALID with the path of each thing that is wrong. */
export function parseRules(value: unknown): RulesFile {
  const parsed = rulesFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw matrixvisionErrors.MATRIXVISION_RULES_INVALID({ problems: problemsOf(parsed.error) });
}

/** The JSON Schema (2020-12) of a rules file, for editors and for other programs. */
export const rulesJsonSchema = (): object => z.toJSONSchema(rulesFileSchema, { io: 'input' });
