import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { baselineMethods } from '../baselines/model.ts';
import { named, periodSchema, siteSchema } from '../reports/schemas.ts';

const known = z.number().nullable();

/** Which meter, and what drives it. */
export const baselineQuery = z.object({
  site: z.string().min(1).optional().describe('Name or id of a site, where several have a source of that name'),
  source: z.string().min(1).optional().describe('Name or id of the source whose meter it is'),
  point: z.string().min(1).optional().describe('Name or key of a point of the source'),
  pointId: z.uuid().optional(),
  temperaturePointId: z.uuid().optional().describe('Outdoor temperature'),
  driverPointIds: z.array(z.uuid()).max(20).default([]).describe('Production volume and what else drives energy'),
  from: z.string().min(1).describe('Start of the baseline on the site’s clock'),
  to: z.string().min(1).describe('Its end, exclusive'),
  method: z.enum([...baselineMethods, 'auto']).default('auto'),
  calendar: z.enum(['none', 'weekend', 'weekday']).optional(),
});
export type BaselineQuery = z.output<typeof baselineQuery>;

const coefficient = z.object({ name: z.string(), value: z.number(), error: known, p: known });
const segment = z.object({
  months: z.array(z.number()).nullable(),
  form: z.string(),
  balancePoints: z.object({ heating: known, cooling: known }),
  coefficients: z.array(coefficient),
});

export const baselineFigures = z.object({
  method: z.enum(baselineMethods),
  step: z.enum(['hour', 'day', 'billing']),
  period: periodSchema,
  segments: z.array(segment),
  ...{ cvrmse: z.number(), nmbe: z.number(), r2: z.number(), r2Adjusted: z.number(), rmse: z.number() },
  ...{ mean: z.number(), observations: z.number(), parameters: z.number(), autocorrelation: z.number() },
  heldOut: z.object({ cvrmse: z.number(), nmbe: z.number() }).nullable(),
});
export type BaselineFigures = z.output<typeof baselineFigures>;

export const baselineAnswer = z.object({
  site: siteSchema,
  point: named,
  unit: z.string(),
  baseline: baselineFigures,
  daily: z.object({
    start: z.array(z.string()),
    measured: z.array(known),
    fitted: z.array(known),
    temperature: z.array(known).nullable(),
  }),
  notes: z.array(noteSchema),
  evidence: z.string(),
});
export type BaselineAnswer = z.output<typeof baselineAnswer>;

export const measureStatuses = ['planned', 'installed', 'verified', 'abandoned'] as const;

const day = z.string().min(1).describe('ISO 8601; a date is the site’s midnight');

export const measureInput = baselineQuery.omit({ from: true, to: true }).extend({
  name: z.string().trim().min(1).max(200),
  description: z.string().trim().max(4000).default(''),
  cost: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,6})?$/)
    .optional()
    .describe('Decimal number as text'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  status: z.enum(measureStatuses).default('planned'),
  baselineFrom: day,
  workFrom: day.describe('Start of the work: the baseline ends'),
  workTo: day.describe('End of the work: reporting begins'),
  expected: z.number().optional().describe('Energy a year that is expected to be saved'),
  adviceFindingId: z.uuid().optional(),
});
export type MeasureInput = z.output<typeof measureInput>;

export const measureChange = measureInput
  .pick({ name: true, description: true, cost: true, currency: true, status: true, workFrom: true, workTo: true })
  .partial();
export type MeasureChange = z.output<typeof measureChange>;

export const adjustmentInput = z.object({
  reason: z.string().trim().min(3).max(2000),
  from: day,
  to: day,
  amount: z
    .number()
    .describe('Added to the adjusted baseline over the whole period; negative where less would have been used'),
  document: z
    .object({ name: z.string().min(1).max(200), base64: z.base64().max(14_000_000) })
    .optional()
    .describe('What shows that it is due: up to 10 MB'),
});
export type AdjustmentInput = z.output<typeof adjustmentInput>;

export const adjustmentSchema = z.object({
  id: z.string(),
  reason: z.string(),
  from: z.string(),
  to: z.string(),
  amount: z.number(),
  document: z.object({ name: z.string(), sha256: z.string() }).nullable(),
  by: z.string(),
  at: z.string(),
});

export const savingsFigures = z.object({
  reporting: periodSchema,
  ...{ measured: z.number(), predicted: z.number(), adjustedBaseline: z.number(), savings: z.number() },
  ...{ savingsShare: z.number(), confidence: z.number(), uncertainty: z.number(), fractionalUncertainty: known },
  interval: z.object({ low: z.number(), high: z.number() }),
  significant: z.boolean(),
  uncertainties: z.array(z.object({ method: z.enum(['ashrae-14', 'batch-means']), absolute: z.number() })),
  intervals: z.object({ used: z.number(), of: z.number(), days: z.number() }),
  unit: z.string(),
  cvrmse: z.number(),
  method: z.enum(baselineMethods),
});

export const measureSchema = z.object({
  id: z.string(),
  site: siteSchema,
  point: named.extend({ unit: z.string() }),
  name: z.string(),
  description: z.string(),
  cost: z.string().nullable(),
  currency: z.string().nullable(),
  status: z.enum(measureStatuses),
  baselineFrom: z.string(),
  workFrom: z.string(),
  workTo: z.string(),
  method: z.string(),
  calendar: z.string().nullable(),
  temperature: named.nullable(),
  drivers: z.array(named),
  expected: known,
  adviceFindingId: z.string().nullable(),
  adjustments: z.array(adjustmentSchema),
  result: savingsFigures.nullable(),
  evidence: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
});
export type Measure = z.output<typeof measureSchema>;

export const savingsQuery = z.object({
  to: z.string().min(1).optional().describe('End of the reporting period; left out, the last full day'),
  confidence: z.number().min(0.5).max(0.999).default(0.9),
});
export type SavingsQuery = z.output<typeof savingsQuery>;

const series = z.array(z.number());
export const savingsAnswer = z.object({
  measure: measureSchema,
  savings: savingsFigures,
  adjustments: z.array(z.object({ reason: z.string(), amount: z.number(), applied: z.number() })),
  baseline: baselineFigures,
  daily: z.object({
    start: z.array(z.string()),
    ...{ measured: series, adjusted: series, cumulative: series, uncertainty: series },
  }),
  notes: z.array(noteSchema),
  evidence: z.string(),
});
export type SavingsAnswer = z.output<typeof savingsAnswer>;
