import { z } from 'zod';
import { decimalTextSchema } from '../decimal.ts';
import { fuelSchema } from '../factors/factor.ts';
import { assessmentReports, calorificUnits } from '../factors/library.ts';
import { steamStateSchema } from '../steam/steam-state.ts';

const reference = z.string().min(1);
const year = z.coerce.number().int().min(1990).max(2100);

/** Proof that a certificate exists and was cancelled for this user: where the document is, or its SHA-256, or both. */
export const certificateEvidenceSchema = z
  .strictObject({
    reference: z.string().min(1).optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine((evidence) => evidence.reference !== undefined || evidence.sha256 !== undefined, 'names no document');

/** One contractual instrument of the market-based method: a green certificate, a power purchase agreement, a supplier's tariff. */
export const certificateSchema = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['certificate', 'power-purchase-agreement', 'supplier-tariff']).default('certificate'),
  MWh: decimalTextSchema,
  registry: z.string().min(1),
  /** Year of generation. */
  vintage: year,
  region: z.string().min(1),
  /** t of CO2 per MWh that the instrument states; zero for renewable power. */
  tCO2PerMWh: decimalTextSchema.default('0'),
  evidence: certificateEvidenceSchema.optional(),
});
export type Certificate = z.output<typeof certificateSchema>;

export const calorificValueSchema = z.strictObject({
  value: decimalTextSchema,
  unit: z.enum(calorificUnits),
  /** Where the value is from: bill, laboratory, guideline. */
  source: z.string().min(1).optional(),
});

const common = {
  id: z.string().min(1),
  site: z.string().min(1).optional(),
  quantity: decimalTextSchema,
  unit: z.string().min(1),
};

export const electricityLineSchema = z.strictObject({
  kind: z.literal('electricity'),
  ...common,
  /** Factor of the location-based method. Without one the line stands with its quantity, and the totals say that they are incomplete. */
  factor: reference.optional(),
  /** Factor for what no certificate covers, in the market-based method; the location's factor when left out. */
  residualFactor: reference.optional(),
  /** Grid that the electricity was drawn from; the factor's region when left out. */
  region: z.string().min(1).optional(),
  year: year.optional(),
  certificates: z.array(certificateSchema).default([]),
  /** Electricity called renewable in all, certificates included; what they do not cover is shown as unsupported. */
  claimedRenewableMWh: decimalTextSchema.optional(),
});
export type ElectricityLine = z.output<typeof electricityLineSchema>;

export const heatLineSchema = z.strictObject({
  kind: z.literal('heat'),
  ...common,
  medium: z.enum(['heat', 'steam', 'hot-water', 'cooling']).default('heat'),
  /** As of electricity. */
  factor: reference.optional(),
  region: z.string().min(1).optional(),
  /** For steam by mass (t, kg). Without it such a line stands with its quantity, as its energy is not known. */
  steam: steamStateSchema.optional(),
});
export type HeatLine = z.output<typeof heatLineSchema>;

export const fuelLineSchema = z.strictObject({
  kind: z.literal('fuel'),
  ...common,
  fuel: fuelSchema,
  /** Factor of its CO2; `ipcc-2006-<fuel>` when left out. */
  factor: reference.optional(),
  /** Left out, the library's default for the fuel is used, and said. */
  netCalorificValue: calorificValueSchema.optional(),
  densityKgPerL: decimalTextSchema.optional(),
  /** Part of the carbon that burns; 1 when left out, as the IPCC's defaults take it. */
  oxidationFraction: decimalTextSchema.optional(),
  /** Factors of CH4 and N2O to add by their warming potential. */
  otherGases: z.array(reference).default([]),
});
export type FuelLine = z.output<typeof fuelLineSchema>;

export const activityLineSchema = z.discriminatedUnion('kind', [electricityLineSchema, heatLineSchema, fuelLineSchema]);
export type ActivityLine = z.output<typeof activityLineSchema>;
export type ActivityLineInput = z.input<typeof activityLineSchema>;

export const emissionInputSchema = z
  .strictObject({
    lines: z.array(activityLineSchema),
    year: year.optional(),
    /** Report whose 100-year warming potentials turn CH4 and N2O into CO2e. */
    warmingPotentials: z.enum(assessmentReports).default('AR5'),
    /** Certificates spent in earlier calculations, as `registry/id`; they cannot be used again. */
    certificatesUsedBefore: z.array(z.string()).default([]),
  })
  .superRefine((input, context) => {
    const seen = new Set<string>();
    for (const [index, line] of input.lines.entries()) {
      if (seen.has(line.id))
        context.addIssue({
          code: 'custom',
          path: ['lines', index, 'id'],
          message: `${line.id} is the id of two lines`,
        });
      seen.add(line.id);
      if (line.kind === 'electricity' && line.certificates.length > 0 && (line.year ?? input.year) === undefined)
        context.addIssue({
          code: 'custom',
          path: ['lines', index, 'year'],
          message: 'certificates can only be checked against a year of consumption',
        });
    }
  });
export type EmissionInput = z.output<typeof emissionInputSchema>;
/** What a caller may hand in: numbers as text or JSON numbers, defaults left out. */
export type EmissionInputDraft = z.input<typeof emissionInputSchema>;
