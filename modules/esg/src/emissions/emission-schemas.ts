import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { factorFamilySchema, gasBases } from '../factors/factor.ts';
import { gridFamilies } from '../factors/grid-factor.ts';
import { electricityLineSchema, emissionInputSchema, fuelLineSchema, heatLineSchema } from './activity-line.ts';

/** What HTTP takes: the lines of a calculation, where electricity and heat may leave their factor to the default. */
export const emissionRequestSchema = z.strictObject({
  lines: z
    .array(z.discriminatedUnion('kind', [electricityLineSchema, heatLineSchema, fuelLineSchema]))
    .min(1)
    .max(2000),
  year: emissionInputSchema.shape.year,
  warmingPotentials: emissionInputSchema.shape.warmingPotentials,
  certificatesUsedBefore: emissionInputSchema.shape.certificatesUsedBefore,
  /** Family of the electricity factor where none is named and the region has both. */
  family: z.enum(gridFamilies).optional(),
  /** Site that the figure is about; who has no rights there does not see it. */
  siteId: z.uuid().optional(),
});
export type EmissionRequest = z.output<typeof emissionRequestSchema>;

export const factorUseSchema = z.object({
  id: z.string(),
  version: z.number(),
  value: z.string(),
  unit: z.string(),
  gasBasis: z.enum(gasBases),
  family: factorFamilySchema,
  region: z.string(),
  subregion: z.string().optional(),
  appliesToYear: z.number().optional(),
  publisher: z.string(),
  document: z.string(),
  confidence: z.string(),
  confirmed: z.boolean(),
});

const totalsSchema = z.object({
  scope1: z.string(),
  scope2Location: z.string(),
  scope2Market: z.string(),
  total: z.string(),
  totalMarket: z.string(),
});

export const emissionResultSchema = z.object({
  method: z.literal('ghg-protocol-scope-1-and-2'),
  warmingPotentials: z.enum(['AR5', 'AR6']),
  lines: z.array(
    z.object({
      line: z.string(),
      site: z.string().optional(),
      scope: z.union([z.literal(1), z.literal(2)]),
      method: z.enum(['direct', 'location', 'market']),
      gas: z.enum(gasBases),
      status: z.enum(['calculated', 'certificate', 'unsupported', 'incomplete']),
      activity: z.object({ quantity: z.string(), unit: z.string() }),
      factor: factorUseSchema.optional(),
      certificate: z
        .object({
          id: z.string(),
          registry: z.string(),
          vintage: z.number(),
          region: z.string(),
          evidence: z.object({ reference: z.string().optional(), sha256: z.string().optional() }).optional(),
        })
        .optional(),
      formula: z.string(),
      tCO2e: z.string().optional(),
      reasons: z.array(noteSchema).optional(),
    }),
  ),
  totals: totalsSchema,
  energy: z.object({ directMWh: z.string(), indirectMWh: z.string(), totalMWh: z.string() }),
  printed: totalsSchema,
  factors: z.array(factorUseSchema),
  certificatesUsed: z.array(z.string()),
  unsupportedMWh: z.string(),
  incomplete: z.array(totalsSchema.keyof()),
  warnings: z.array(noteSchema.extend({ line: z.string() })),
});

/** A calculation with the one number most callers want and the id that proves it. */
export const emissionAnswerSchema = z.object({
  /** Scope 1 and location-based Scope 2 as a JSON number; `exact` has every digit. */
  tCO2e: z.number(),
  exact: z.string(),
  printed: z.string(),
  /** The first factor used; all of them are in `result.factors`. */
  factor: factorUseSchema,
  result: emissionResultSchema,
  notes: z.array(noteSchema),
  evidence: z.string(),
});
export type EmissionAnswer = z.output<typeof emissionAnswerSchema>;
