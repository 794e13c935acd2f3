import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { measureInput, measureSchema } from '../measures/schemas.ts';
import { named, periodSchema, siteSchema } from '../reports/schemas.ts';
import { adviceKindIds } from './kind.ts';

export const adviceQuery = z.object({
  kind: z.enum(adviceKindIds),
  site: z.string().min(1).optional().describe('Name or id of a site, where several have a source of that name'),
  source: z.string().min(1).optional().describe('Name or id of the source whose meter it is'),
  point: z.string().min(1).optional().describe('Name or key of a point of the source'),
  pointId: z.uuid().optional(),
  productionPointId: z.uuid().optional().describe('What tells when nothing is made'),
  coolingPointId: z.uuid().optional().describe('Cold that chillers deliver'),
  from: z.string().min(1),
  to: z.string().min(1).describe('Exclusive'),
  settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What the kind may be told; the module’s README lists it'),
  price: z.number().positive().optional().describe('Of a kWh, where no tariff is assigned'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  emission: z
    .object({ kgPerkWh: z.number().min(0).max(3), source: z.string().trim().min(3).max(500) })
    .optional()
    .describe('Emission factor and where it was taken from'),
});
export type AdviceQuery = z.output<typeof adviceQuery>;

const ranged = z.object({ value: z.number(), low: z.number(), high: z.number() });
const course = z.array(z.number().nullable());

export const foundSchema = z.object({
  energy: ranged,
  cost: ranged,
  tCO2e: ranged.nullable(),
  figures: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
  picture: z.object({
    axis: z.enum(['hour-of-week', 'month', 'hour-of-day', 'load']),
    now: course,
    advised: course,
    labels: z.array(z.string()).optional(),
  }),
  notes: z.array(noteSchema),
});

export const adviceStatuses = ['open', 'accepted', 'dismissed'] as const;

export const adviceSchema = z.object({
  id: z.string(),
  kind: z.enum(adviceKindIds),
  site: siteSchema,
  point: named,
  status: z.enum(adviceStatuses),
  period: periodSchema,
  found: foundSchema.nullable().describe('Null: nothing to save'),
  currency: z.string().nullable(),
  emission: z.object({ kgPerkWh: z.number(), source: z.string() }).nullable(),
  measureId: z.string().nullable(),
  evidence: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
});
export type Advice = z.output<typeof adviceSchema>;

export const adviceChange = z.object({ status: z.enum(adviceStatuses) });

/** How its follow-up is measured: a measure with a baseline. */
export const followUpInput = measureInput
  .omit({ pointId: true, point: true, source: true, site: true, adviceFindingId: true, expected: true })
  .extend({ name: measureInput.shape.name.optional() });
export type FollowUpInput = z.output<typeof followUpInput>;
export const followUpAnswer = z.object({ advice: adviceSchema, measure: measureSchema });
