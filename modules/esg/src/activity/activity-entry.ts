import { z } from 'zod';
import { decimalTextSchema } from '../decimal.ts';
import { calorificValueSchema } from '../emissions/activity-line.ts';
import { fuelSchema } from '../factors/factor.ts';
import { steamStateSchema } from '../steam/steam-state.ts';

const factor = z.string().min(1).max(200).optional();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A stored document that a statement rests on: a bill, a certificate. */
export const documentSchema = z.strictObject({ hash, name: z.string().min(1).max(300) });

const common = {
  /** Site of the plant; left out for a unit of the organisation that the plant tree does not have. */
  siteId: z.uuid().optional(),
  /** Name of that unit; of a site, its name is taken. */
  place: z.string().trim().min(1).max(200).optional(),
  year: z.number().int().min(1990).max(2100),
  /** Left out, the quantity is of the whole year. */
  month: z.number().int().min(1).max(12).optional(),
  quantity: decimalTextSchema,
  document: documentSchema.optional(),
  note: z.string().max(2000).optional(),
};

/** One quantity of one year or month, as a person enters it. */
export const activityEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('electricity'),
    ...common,
    unit: z.string().min(1).default('MWh'),
    factor,
    residualFactor: factor,
    region: z.string().min(1).optional(),
    claimedRenewableMWh: decimalTextSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('fuel'),
    ...common,
    fuel: fuelSchema,
    unit: z.string().min(1),
    factor,
    netCalorificValue: calorificValueSchema.optional(),
    densityKgPerL: decimalTextSchema.optional(),
    oxidationFraction: decimalTextSchema.optional(),
    otherGases: z.array(z.string().min(1)).optional(),
  }),
  z.strictObject({
    kind: z.literal('heat'),
    ...common,
    medium: z.enum(['heat', 'steam', 'hot-water', 'cooling']).optional(),
    unit: z.string().min(1).default('GJ'),
    factor,
    region: z.string().min(1).optional(),
    /** Asked for where the quantity is steam by mass. */
    steam: steamStateSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('water'), ...common, unit: z.enum(['m3', 't']).default('m3') }),
  z.strictObject({ kind: z.literal('floor-area'), ...common, unit: z.literal('m2').default('m2') }),
]);
export type ActivityEntryInput = z.output<typeof activityEntrySchema>;

export const activityKinds = ['electricity', 'fuel', 'heat', 'water', 'floor-area'] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** A statement as it is kept and hashed: with the name that its place had. */
export type ActivityStatement = ActivityEntryInput & { readonly place: string };
