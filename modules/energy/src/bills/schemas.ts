import { z } from 'zod';
import { named, periodSchema, siteSchema } from '../reports/schemas.ts';
import { costComponents } from '../tariff/cost.ts';
import { touPeriods } from '../tariff/tariff.ts';

/** What is billed: a site (its main meters) or one source, over a period on the site's clock. */
export const billQuery = z.object({
  site: z.string().min(1).optional().describe('Name or id of a site'),
  siteId: z.uuid().optional(),
  source: z.string().min(1).optional().describe('Name or id of a source'),
  sourceId: z.uuid().optional(),
  from: z.string().min(1),
  to: z.string().min(1).describe('Exclusive'),
  tariff: z.string().min(1).optional().describe('id or id@version; left out: what is assigned'),
  transformerCapacitykVA: z.number().positive().optional(),
});
export type BillQuery = z.output<typeof billQuery>;

const money = z.string().describe('Decimal text, exact');
const known = z.number().nullable();

const billLine = z.object({
  component: z.enum(costComponents),
  name: z.string(),
  period: z.enum(touPeriods).nullable(),
  quantity: z.string(),
  unit: z.string(),
  price: money,
  cost: money,
});

export const billAnswer = z.object({
  site: siteSchema,
  source: named.nullable(),
  points: z.array(named),
  period: periodSchema,
  currency: z.string(),
  tariffs: z.array(
    z.object({
      ...{ id: z.string(), version: z.string(), name: z.string() },
      ...{ example: z.boolean(), from: z.string(), to: z.string() },
    }),
  ),
  months: z.array(
    z.object({
      month: z.string(),
      tariff: z.string(),
      share: z.string(),
      coverage: z.number(),
      maximumDemand: z.object({ kW: z.number(), at: z.string() }).nullable(),
      powerFactor: known,
      powerFactorPercent: known,
      lines: z.array(billLine),
      total: money,
    }),
  ),
  byComponent: z.record(z.enum(costComponents), money),
  byPeriod: z.array(z.object({ period: z.enum(touPeriods), amount: z.number(), cost: money })),
  total: money,
  evidence: z.string(),
});
export type BillAnswer = z.output<typeof billAnswer>;

/** This month's cost so far, by site. */
export const costsAnswer = z.object({
  items: z.array(
    z.object({
      site: siteSchema,
      period: periodSchema,
      /** `coverage` is that of the month with the most readings missing; what is missing is not in the total. */
      cost: z
        .object({
          currency: z.string(),
          total: money,
          coverage: z.number(),
          tariffs: z.array(z.object({ id: z.string(), version: z.string(), name: z.string(), example: z.boolean() })),
        })
        .nullable(),
      /** Why there is no cost: an error of the catalogue. */
      problem: z
        .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) })
        .nullable(),
    }),
  ),
});
export type CostsAnswer = z.output<typeof costsAnswer>;
