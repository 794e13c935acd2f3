import { problemsOf } from '@millwright/kernel';
import { z } from 'zod';
import { attributeErrors } from '../errors.ts';
import { descriptorVersion, numbersOf } from '../features/describe-patch.ts';
import { attributeNotes } from '../notes.ts';
import { bodyParts } from '../parts/body-part.ts';

const numbers = z.array(z.number().finite());

const learnt = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('kernel-logistic'),
    scale: z.number().positive(),
    bias: z.number(),
    support: z.array(numbers).min(2).max(1000),
    weights: numbers,
  }),
  z.strictObject({ kind: z.literal('linear-discriminant'), bias: z.number(), weights: numbers }),
  z.strictObject({
    kind: z.literal('nearest-neighbours'),
    neighbours: z.number().int().min(1).max(50),
    support: z.array(numbers).min(2).max(1000),
    present: z.array(z.boolean()),
  }),
]);

/** All that is needed to tell an attribute; small JSON that a box pulls by its hash. */
export const attributeModelSchema = z.strictObject({
  format: z.literal('millwright-attribute'),
  version: z.literal(1),
  /** What the user calls it: `hard hat`. */
  name: z.string().min(1).max(100),
  part: z.enum(bodyParts),
  /** Version of the description of patches that it was taught with. */
  descriptor: z.number().int(),
  learner: z.string(),
  learnt,
  calibration: z.strictObject({ slope: z.number().min(0), offset: z.number() }),
});
export type AttributeModel = z.output<typeof attributeModelSchema>;

/** Checks a model from outside. Throws ATTRIBUTE_MODEL_INVALID, ATTRIBUTE_MODEL_OUTDATED. */
export function parseAttributeModel(content: unknown): AttributeModel {
  const parsed = attributeModelSchema.safeParse(content);
  if (!parsed.success) throw attributeErrors.ATTRIBUTE_MODEL_INVALID({ problems: problemsOf(parsed.error) });
  const model = parsed.data;
  if (model.descriptor !== descriptorVersion)
    throw attributeErrors.ATTRIBUTE_MODEL_OUTDATED({ found: model.descriptor, wanted: descriptorVersion });
  const length = numbersOf(model.part);
  const { learnt } = model;
  const rows = learnt.kind === 'linear-discriminant' ? [learnt.weights] : learnt.support;
  const places = learnt.kind === 'nearest-neighbours' ? learnt.present.length : rows.length;
  const weights = learnt.kind === 'kernel-logistic' ? learnt.weights.length : places;
  if (rows.some((row) => row.length !== length) || places !== rows.length || weights !== places)
    throw attributeErrors.ATTRIBUTE_MODEL_INVALID({
      problems: [{ ...attributeNotes['model-mixed'](), path: 'learnt' }],
    });
  return model;
}
