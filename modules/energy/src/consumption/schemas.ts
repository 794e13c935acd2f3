import { z } from 'zod';
import { carrierSchema } from '../carrier.ts';
import { named, periodSchema, siteSchema } from '../reports/schemas.ts';

const known = z.number().nullable();
export const stepSchema = z.enum(['hour', 'day', 'month']);

/** A part of the plant and a period on its site's clock. */
export const scopeQuery = z.object({
  site: z.string().min(1).optional().describe('Name or id of a site'),
  nodeId: z.uuid().optional().describe('Area, line, asset or site'),
  from: z.string().min(1),
  to: z.string().min(1).describe('Exclusive'),
  carrier: carrierSchema.optional().describe('Left out: every carrier that is metered'),
});
export type ScopeQuery = z.output<typeof scopeQuery>;

export const nodeSchema = named.extend({ kind: z.enum(['site', 'area', 'line', 'asset']) });

export const balanceNodeSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['site', 'area', 'line', 'asset', 'meter']),
  parentId: z.string().nullable(),
  meterIds: z.array(z.string()).readonly(),
  value: known,
  /** True when the parts below were added up because no meter sees this one as a whole. */
  derived: z.boolean(),
  submetered: known,
  unmetered: known,
  coverage: known,
});

export const meteringErrorSchema = z.object({
  id: z.string(),
  name: z.string(),
  value: z.number(),
  submetered: z.number(),
  excess: z.number(),
  share: known,
  withinTolerance: z.boolean(),
});

export const comparisonSchema = z.object({
  /** The reference period. */
  from: z.string(),
  to: z.string(),
  rule: z.enum(['months', 'days', 'span', 'same-dates']),
  sameWeekdays: z.boolean(),
  unit: z.string(),
  current: known,
  reference: known,
  difference: known,
  /** difference / reference: 0.1 is ten percent more. */
  change: known,
  perDay: z.object({ current: known, reference: known, change: known }),
  comparable: z.boolean(),
});
export const comparisonsSchema = z.object({ before: comparisonSchema, lastYear: comparisonSchema });

const balanceFields = {
  carrier: carrierSchema,
  unit: z.string(),
  total: known,
  coverage: known,
  unmetered: z.number(),
  nodes: z.array(balanceNodeSchema),
  errors: z.array(meteringErrorSchema),
  unknown: z.array(z.string()),
  /** Meters in another kind of unit, not added up. */
  unconverted: z.array(named.extend({ unit: z.string() })),
};

export const carrierConsumption = z.object({
  ...balanceFields,
  /** The total by step, when one was asked for. */
  series: z.array(z.object({ key: z.string(), value: z.number() })).optional(),
  comparison: comparisonsSchema.optional(),
});

export const consumptionAnswer = z.object({
  site: siteSchema,
  node: nodeSchema,
  period: periodSchema,
  step: stepSchema.nullable(),
  carriers: z.array(carrierConsumption),
});
export type ConsumptionAnswer = z.output<typeof consumptionAnswer>;

/** The same from readings, recorded. */
export const provenConsumptionAnswer = z.object({
  site: siteSchema,
  node: nodeSchema,
  period: periodSchema,
  carriers: z.array(z.object(balanceFields)),
  evidence: z.string(),
});
export type ProvenConsumptionAnswer = z.output<typeof provenConsumptionAnswer>;

export const sankeyAnswer = z.object({
  site: siteSchema,
  node: nodeSchema,
  period: periodSchema,
  carrier: carrierSchema,
  unit: z.string(),
  nodes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      value: z.number(),
      kind: z.enum(['supply', 'meter', 'unmetered']),
      derived: z.boolean(),
    }),
  ),
  links: z.array(z.object({ source: z.string(), target: z.string(), value: z.number() })),
  supply: z.number(),
  unmetered: z.number(),
  errors: z.array(meteringErrorSchema),
  unknown: z.array(z.string()),
});
export type SankeyAnswer = z.output<typeof sankeyAnswer>;
