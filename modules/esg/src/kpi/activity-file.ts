import { z } from 'zod';
import { decimalTextSchema } from '../decimal.ts';
import { calorificValueSchema, certificateSchema } from '../emissions/activity-line.ts';
import { esgErrors } from '../errors.ts';
import { fuelSchema } from '../factors/factor.ts';
import { problemsOf } from '../factors/supersede.ts';
import { steamStateSchema } from '../steam/steam-state.ts';

const site = z.string().min(1).optional();
const factor = z.string().min(1).optional();
/** One amount, or an amount per site: {"Beijing": "510.5", "Shanghai": "421.58"}. */
const perSite = z.union([decimalTextSchema, z.record(z.string().min(1), decimalTextSchema)], {
  // Of the two forms the one that was tried says what is wrong with it.
  error: ({ input }) =>
    typeof input === 'object'
      ? 'must be an amount for each site, each a decimal number such as "1029.03"'
      : 'must be a decimal number such as "1029.03"; one of more than 15 digits is written as text',
});

export const activityYearSchema = z
  .strictObject({
    /** Factor of the year's electricity, unless an entry names its own. */
    factor,
    residualFactor: factor,
    electricityMWh: perSite.optional(),
    electricity: z
      .array(
        z.strictObject({
          site,
          quantity: decimalTextSchema,
          unit: z.string().min(1).default('MWh'),
          factor,
          residualFactor: factor,
          region: z.string().min(1).optional(),
          certificates: z.array(certificateSchema).optional(),
          claimedRenewableMWh: decimalTextSchema.optional(),
        }),
      )
      .optional(),
    fuels: z
      .array(
        z.strictObject({
          site,
          fuel: fuelSchema,
          quantity: decimalTextSchema,
          unit: z.string().min(1),
          factor,
          netCalorificValue: calorificValueSchema.optional(),
          densityKgPerL: decimalTextSchema.optional(),
          oxidationFraction: decimalTextSchema.optional(),
          otherGases: z.array(z.string().min(1)).optional(),
        }),
      )
      .optional(),
    heat: z
      .array(
        z.strictObject({
          site,
          medium: z.enum(['heat', 'steam', 'hot-water', 'cooling']).optional(),
          quantity: decimalTextSchema,
          unit: z.string().min(1).default('GJ'),
          factor,
          region: z.string().min(1).optional(),
          steam: steamStateSchema.optional(),
        }),
      )
      .optional(),
    /** Water in t; m3 of water count as t, one for one. */
    waterTonnes: perSite.optional(),
    waterM3: perSite.optional(),
    floorAreaM2: perSite.optional(),
  })
  .refine((year) => year.electricityMWh === undefined || year.electricity === undefined, {
    path: ['electricityMWh'],
    message: 'stands beside electricity; give one of the two',
  })
  .refine((year) => year.waterTonnes === undefined || year.waterM3 === undefined, {
    path: ['waterTonnes'],
    message: 'stands beside waterM3; give one of the two',
  });
export type ActivityYear = z.output<typeof activityYearSchema>;

const yearKey = z.string().regex(/^(19|20)\d{2}$/, 'must be a year such as "2023"');
const recalculationSchema = z.enum(['current', 'own']);

/** Activity data of the years of a KPI table: the format that `millwright esg kpi` reads. */
export const activityFileSchema = z.strictObject({
  organisation: z.string().optional(),
  /** Shown among the notes of the table. */
  note: z.string().optional(),
  /** The newest year when left out. */
  reportingYear: z.coerce.number().int().optional(),
  /** `current`: the year before is calculated with the factor of the reporting year, so that the two can be compared. */
  recalculatePreviousYearWith: recalculationSchema.default('own'),
  /** False leaves the figures per m2 out, for whoever has no floor area. */
  intensities: z.boolean().default(true),
  warmingPotentials: z.enum(['AR5', 'AR6']).optional(),
  /** Of electricity and heat that name none; China when left out, and said. */
  region: z.string().min(1).optional(),
  years: z.record(yearKey, activityYearSchema).refine((years) => Object.keys(years).length > 0, 'has no year'),
});
export type ActivityFile = z.output<typeof activityFileSchema> & {
  /** Years whose floor area is given for checking only. */
  readonly areasForCheck?: readonly string[];
};
export type ActivityFileDraft = z.input<typeof activityFileSchema>;

/** The environment part of a file of published figures: activity beside the printed table, floor areas apart. */
const publishedEnvironmentSchema = z.object({
  note: z.string().optional(),
  factor,
  floorAreaM2ForCheck: z.record(yearKey, decimalTextSchema).optional(),
  floorAreaM2: z.record(yearKey, decimalTextSchema).optional(),
  recalculatePreviousYearWith: recalculationSchema.default('current'),
  activity: z.record(
    yearKey,
    z.strictObject({
      electricityMWh: perSite.optional(),
      waterTonnes: perSite.optional(),
      factor,
      floorAreaM2: perSite.optional(),
    }),
  ),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads activity data in any of the shapes that are accepted: the format above; the environment part of a file of
 * published figures; or the whole of such a file. In the latter two the year before is recalculated with the current
 * factor unless they say otherwise, as such tables compare years. Throws ESG_ACTIVITY_INVALID with all problems.
 */
export function parseActivityFile(input: unknown): ActivityFile {
  if (isObject(input) && isObject(input.environment)) {
    const period = isObject(input.reportingPeriod) ? input.reportingPeriod.to : undefined;
    const reportingYear = typeof period === 'string' ? Number(period.slice(0, 4)) : undefined;
    return fromPublished(input.environment, reportingYear, 'environment.');
  }
  if (isObject(input) && isObject(input.activity) && input.years === undefined)
    return fromPublished(input, undefined, '');
  const parsed = activityFileSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw esgErrors.ESG_ACTIVITY_INVALID({ problems: problemsOf(parsed.error) });
}

function fromPublished(input: unknown, reportingYear: number | undefined, prefix: string): ActivityFile {
  const parsed = publishedEnvironmentSchema.safeParse(input);
  if (!parsed.success)
    throw esgErrors.ESG_ACTIVITY_INVALID({ problems: problemsOf(parsed.error).map((problem) => prefix + problem) });
  const { activity, floorAreaM2, floorAreaM2ForCheck, factor: shared, recalculatePreviousYearWith } = parsed.data;
  const checkOnly = Object.keys(activity).filter(
    (year) => !(activity[year]?.floorAreaM2 ?? floorAreaM2?.[year]) && floorAreaM2ForCheck?.[year],
  );
  const years = Object.fromEntries(
    Object.entries(activity).map(([year, given]) => [
      year,
      {
        ...given,
        factor: given.factor ?? shared,
        floorAreaM2: given.floorAreaM2 ?? floorAreaM2?.[year] ?? floorAreaM2ForCheck?.[year],
      },
    ]),
  );
  return {
    years,
    recalculatePreviousYearWith,
    intensities: true,
    ...(checkOnly.length > 0 ? { areasForCheck: checkOnly } : {}),
    ...(reportingYear === undefined ? {} : { reportingYear }),
  };
}
