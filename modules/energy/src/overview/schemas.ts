import { z } from 'zod';
import { carrierSchema } from '../carrier.ts';
import { comparisonSchema } from '../consumption/schemas.ts';
import { named, siteSchema } from '../reports/schemas.ts';

const known = z.number().nullable();

/** An amount in [from, to), ISO 8601 on the site's clock. */
const amountIn = z.object({ from: z.string(), to: z.string(), value: known, coverage: known });

export const carrierOverview = z.object({
  carrier: carrierSchema,
  unit: z.string(),
  /** Up to now, today included; `coverage` is of the days that are over, null on the first of a month. */
  thisMonth: amountIn,
  /** This month by local day, as far as there are readings. */
  days: z.array(z.object({ key: z.string(), value: z.number() })),
  /** The whole month before. */
  lastMonth: amountIn,
  /** The whole of this month, a year ago. */
  sameMonthLastYear: amountIn,
  yesterday: amountIn,
  /**
   * The days of this month that are over, against the same days of the month before and a year before; null on the
   * first of a month. Yesterday, against the same weekday a week earlier.
   */
  comparisons: z.object({
    lastMonth: comparisonSchema.nullable(),
    lastYear: comparisonSchema.nullable(),
    yesterday: comparisonSchema,
  }),
  /** The largest parts of the site this month among those with nothing metered below them. */
  top: z.array(
    named.extend({ kind: z.enum(['site', 'area', 'line', 'asset', 'meter']), value: z.number(), share: known }),
  ),
});

export const overviewAnswer = z.object({
  at: z.string(),
  sites: z.array(z.object({ site: siteSchema, carriers: z.array(carrierOverview) })),
});
export type OverviewAnswer = z.output<typeof overviewAnswer>;
export type CarrierOverview = z.output<typeof carrierOverview>;
