import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { baseLoadMethods } from '../analysis/base-load.ts';

/** Demand intervals by the names that the command line gives them. */
export const intervalSchema = z.enum(['15m', '30m', '1h']);
export type IntervalName = z.output<typeof intervalSchema>;
export const minutesOf = { '15m': 15, '30m': 30, '1h': 60 } as const satisfies Record<IntervalName, number>;
export const intervalName = { 15: '15m', 30: '30m', 60: '1h' } as const satisfies Record<number, IntervalName>;

const known = z.number().nullable();
const slots = z.object({ days: z.number(), mean: z.array(known), maximum: z.array(known) });
export const named = z.object({ id: z.string(), name: z.string() });
export const siteSchema = named.extend({ timezone: z.string() });
export const periodSchema = z.object({ from: z.string(), to: z.string() });

export const dayProfileSchema = z.object({
  unit: z.string(),
  slotMinutes: z.number(),
  workday: slots,
  weekend: slots,
});

export const peakSchema = z.object({
  kW: known,
  at: z.string(),
  from: z.string(),
  to: z.string(),
  value: z.number(),
  unit: z.string(),
  estimated: z.boolean(),
});

export const gapSchema = z.object({ from: z.string(), to: z.string(), minutes: z.number(), filled: z.boolean() });
/** A note of the product, and where in the period it applies. */
export const reportNoteSchema = noteSchema.extend({ at: z.string().optional() });

export const coverageSchema = z.object({
  share: z.number(),
  coveredHours: z.number(),
  hours: z.number(),
  readingsExpected: z.number(),
  readingsUsable: z.number(),
  nominalIntervalSeconds: known,
});

/** What `millwright energy report` prints. Times are ISO 8601 with the site's offset, nothing is rounded. */
export const reportAnswer = z.object({
  consumption: z.object({
    value: known,
    unit: z.string(),
    estimated: z.number(),
    substituted: z.number(),
  }),
  peak: peakSchema.nullable(),
  loadFactor: known,
  baseLoadkW: known,
  baseLoad: z.object({ value: known, unit: z.string(), method: z.enum(baseLoadMethods) }),
  powerFactor: z
    .object({
      value: known,
      active: z.number(),
      lagging: z.number(),
      leading: z.number(),
      rule: z.enum(['sum-of-magnitudes', 'net', 'lagging']),
    })
    .nullable(),
  gaps: z.array(gapSchema),
  coverage: coverageSchema,
  quality: z.object({
    total: z.number(),
    good: z.number(),
    uncertain: z.number(),
    bad: z.number(),
    substituted: z.number(),
  }),
  notes: z.array(reportNoteSchema),
  carrier: z.string().nullable(),
  source: named,
  site: siteSchema,
  point: named.extend({ unit: z.string() }),
  period: periodSchema,
  interval: intervalSchema,
  profile: dayProfileSchema.optional(),
  /** Id of the finding that `millwright verify` proves. */
  evidence: z.string(),
});
export type ReportAnswer = z.output<typeof reportAnswer>;

/** Which meter, and which period on its site's clock (ISO 8601; without an offset local, a date alone is its midnight). */
export const meterQuery = z.object({
  source: z.string().min(1).optional().describe('Name or id of a source'),
  sourceId: z.uuid().optional(),
  site: z.string().min(1).optional().describe('Name or id of a site, where several have a source of that name'),
  nodeId: z.uuid().optional(),
  pointId: z.uuid().optional(),
  point: z.string().min(1).optional().describe('Name or key of a point of the source or node'),
  from: z.string().min(1),
  to: z.string().min(1).describe('Exclusive'),
  interval: intervalSchema.optional(),
});
export type MeterQuery = z.output<typeof meterQuery>;
