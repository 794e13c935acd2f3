import { z } from 'zod';
import { baseLoadMethods } from '../analysis/base-load.ts';
import { carrierSchema } from '../carrier.ts';
import {
  dayProfileSchema,
  intervalSchema,
  meterQuery,
  named,
  peakSchema,
  periodSchema,
  siteSchema,
} from '../reports/schemas.ts';

const known = z.number().nullable();

/** A meter, or a part of the plant whose meters of one carrier are added up. */
export const loadQuery = meterQuery.extend({
  carrier: carrierSchema.optional().describe('Of a site or node; left out: electricity'),
});
export type LoadQuery = z.output<typeof loadQuery>;

const frame = {
  site: siteSchema,
  /** Points that were added up. */
  points: z.array(named),
  carrier: z.string().nullable(),
  period: periodSchema,
  interval: intervalSchema,
  coverage: z.number(),
};

export const profileAnswer = z.object({
  ...frame,
  unit: z.string(),
  consumption: z.object({ value: known, unit: z.string() }),
  peak: peakSchema.nullable(),
  loadFactor: known,
  baseLoad: z.object({ value: known, unit: z.string(), method: z.enum(baseLoadMethods) }),
  /** Demand over the period; intervals are drawn together so that there are at most 2,000. */
  curve: z.object({ from: z.string(), stepMinutes: z.number(), mean: z.array(known), maximum: z.array(known) }),
  day: dayProfileSchema,
  week: z.object({ unit: z.string(), weekdays: z.array(z.array(known)) }),
  duration: z.object({ unit: z.string(), demand: z.array(z.number()), hours: z.array(z.number()) }),
});
export type ProfileAnswer = z.output<typeof profileAnswer>;

export const heatMapAnswer = z.object({
  ...frame,
  unit: z.string(),
  rows: z.array(z.object({ date: z.string(), weekday: z.number(), hours: z.array(known) })),
});
export type HeatMapAnswer = z.output<typeof heatMapAnswer>;

export const specificQuery = z.object({
  site: z.string().min(1).optional(),
  nodeId: z.uuid().optional(),
  from: z.string().min(1),
  to: z.string().min(1).describe('Exclusive'),
  carrier: carrierSchema.default('electricity'),
  by: z.enum(['day', 'week', 'month']).default('day'),
  production: z.string().min(1).optional().describe('Name, key or id of the production point, where there are several'),
});
export type SpecificQuery = z.output<typeof specificQuery>;

export const specificAnswer = z.object({
  site: siteSchema,
  node: named,
  period: periodSchema,
  carrier: carrierSchema,
  points: z.array(named),
  productionPoint: named.extend({ unit: z.string() }),
  /** E.g. `kW.h/t`. */
  unit: z.string(),
  value: known,
  energy: z.number(),
  production: z.number(),
  coverage: z.number(),
  series: z.array(
    z.object({ key: z.string(), value: known, energy: z.number(), production: z.number(), coverage: z.number() }),
  ),
  evidence: z.string().optional(),
});
export type SpecificAnswer = z.output<typeof specificAnswer>;
