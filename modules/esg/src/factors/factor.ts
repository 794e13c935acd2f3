import { z } from 'zod';
import { decimalTextSchema } from '../decimal.ts';

/**
 * Where a factor comes from, which decides what it may stand beside.
 * - `trading-scheme`: set by a regulator for enterprises under an emissions trading scheme
 * - `statistical-average`: average of a national or regional grid
 * - `residual-mix`: grid average without what was sold as non-fossil; market-based method
 * - `fossil-generation-average`: average of fossil generation alone; market-based method
 * - `operating-margin`: average of the plants that follow the load
 * - `supplier-specific`: stated by a supplier or a utility for what it sells
 * - `fuel-default`, `heat-default`: defaults of a guideline
 */
export const factorFamilies = [
  'trading-scheme',
  'statistical-average',
  'residual-mix',
  'fossil-generation-average',
  'operating-margin',
  'supplier-specific',
  'fuel-default',
  'heat-default',
] as const;
export const factorFamilySchema = z.enum(factorFamilies);
export type FactorFamily = z.output<typeof factorFamilySchema>;

export const gasBases = ['CO2', 'CO2e', 'CH4', 'N2O'] as const;
export type GasBasis = (typeof gasBases)[number];

export const fuels = [
  'natural-gas',
  'liquefied-petroleum-gas',
  'motor-gasoline',
  'gas-diesel-oil',
  'residual-fuel-oil',
  'other-bituminous-coal',
  'anthracite',
] as const;
export const fuelSchema = z.enum(fuels);
export type Fuel = z.output<typeof fuelSchema>;

/** Mass of gas over an amount of activity: {numerator: "t", denominator: "MWh"} is t per MWh. */
export const factorUnitSchema = z.strictObject({
  numerator: z.enum(['t', 'kg', 'g']),
  denominator: z.enum(['MWh', 'kWh', 'TJ', 'GJ', 'MJ']),
  /** Fuels: the heat that the denominator counts. Gross values would need another factor and are not accepted. */
  calorificBasis: z.literal('net').optional(),
});
export type FactorUnit = z.output<typeof factorUnitSchema>;

const year = z.number().int().min(1990).max(2100);
const date = z.iso.date();

export const factorSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens only'),
    version: z.number().int().min(1),
    value: decimalTextSchema.refine((value) => !value.startsWith('-'), 'may not be below zero'),
    unit: factorUnitSchema,
    gasBasis: z.enum(gasBases),
    /** ISO 3166 code of the country, or `world`. */
    region: z.string().regex(/^([A-Z]{2}|world)$/, 'an ISO 3166 country code such as CN, or world'),
    /** Part of the country's grid, or the utility. */
    subregion: z.string().min(1).optional(),
    family: factorFamilySchema,
    carrier: z.enum(['electricity', 'heat', 'fuel']),
    fuel: fuelSchema.optional(),
    scopes: z.array(z.union([z.literal(1), z.literal(2)])).min(1),
    methods: z.array(z.enum(['direct', 'location', 'market'])).min(1),
    publisher: z.string().min(1),
    document: z.string().min(1),
    published: z
      .string()
      .regex(/^\d{4}(-\d{2}){0,2}$/, 'YYYY, YYYY-MM or YYYY-MM-DD')
      .optional(),
    appliesToYear: year.optional(),
    validFrom: date.optional(),
    validTo: date.optional(),
    /** `id@version` of the factor this one took the place of. */
    supersedes: z.string().optional(),
    /** `id@version` of the factor that took this one's place; says nothing about the content, so it is no part of it. */
    supersededBy: z.string().optional(),
    /** What is known about the value, and what still has to be checked. Shown to whoever uses the factor. */
    confidence: z.string().min(1),
    confirmed: z.boolean(),
    note: z.string().optional(),
  })
  .refine((factor) => factor.carrier !== 'fuel' || factor.fuel !== undefined, {
    path: ['fuel'],
    message: 'a factor of a fuel names the fuel',
  })
  .refine((factor) => !factor.validFrom || !factor.validTo || factor.validFrom <= factor.validTo, {
    path: ['validTo'],
    message: 'lies before validFrom',
  });

/** One version of one emission factor with its source. Immutable: a change is a new version. */
export type Factor = Readonly<z.output<typeof factorSchema>>;

/** `id@version`: names one version for good. */
export function factorKey(factor: Pick<Factor, 'id' | 'version'>): string {
  return `${factor.id}@${factor.version}`;
}

/** The unit as it is written: `tCO2/MWh`. */
export function factorUnitText(factor: Pick<Factor, 'unit' | 'gasBasis'>): string {
  return `${factor.unit.numerator}${factor.gasBasis}/${factor.unit.denominator}`;
}

/** What a factor states, without what later happened to it: the part to compare and to fingerprint. */
export function factorContent(factor: Factor): Omit<Factor, 'supersededBy'> {
  const { supersededBy: _, ...content } = factor;
  return content;
}

/** What a figure says about the factor that it used. */
export interface FactorUse {
  id: string;
  version: number;
  value: string;
  unit: string;
  gasBasis: GasBasis;
  family: FactorFamily;
  region: string;
  subregion?: string;
  appliesToYear?: number;
  publisher: string;
  document: string;
  confidence: string;
  confirmed: boolean;
}

export function factorUse(factor: Factor): FactorUse {
  return {
    id: factor.id,
    version: factor.version,
    value: factor.value,
    unit: factorUnitText(factor),
    gasBasis: factor.gasBasis,
    family: factor.family,
    region: factor.region,
    ...(factor.subregion === undefined ? {} : { subregion: factor.subregion }),
    ...(factor.appliesToYear === undefined ? {} : { appliesToYear: factor.appliesToYear }),
    publisher: factor.publisher,
    document: factor.document,
    confidence: factor.confidence,
    confirmed: factor.confirmed,
  };
}
