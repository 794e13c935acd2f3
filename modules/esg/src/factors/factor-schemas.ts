import { z } from 'zod';
import { factorFamilySchema, factorUnitSchema, fuelSchema, gasBases } from './factor.ts';

/** A factor as the library hands it out; the console's type. */
export const storedFactorSchema = z.object({
  /** `id@version`. */
  key: z.string(),
  id: z.string(),
  version: z.number(),
  value: z.string(),
  unit: factorUnitSchema,
  gasBasis: z.enum(gasBases),
  region: z.string(),
  subregion: z.string().optional(),
  family: factorFamilySchema,
  carrier: z.enum(['electricity', 'heat', 'fuel']),
  fuel: fuelSchema.optional(),
  scopes: z.array(z.number()),
  methods: z.array(z.enum(['direct', 'location', 'market'])),
  publisher: z.string(),
  document: z.string(),
  published: z.string().optional(),
  appliesToYear: z.number().optional(),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
  supersedes: z.string().optional(),
  supersededBy: z.string().optional(),
  confidence: z.string(),
  confirmed: z.boolean(),
  note: z.string().optional(),
  /** SHA-256 of the content. */
  sha256: z.string(),
  addedAt: z.string(),
  addedBy: z.string(),
  reason: z.string().optional(),
});

export const factorFilterSchema = z.object({
  family: factorFamilySchema.optional(),
  region: z.string().max(20).optional(),
  carrier: z.enum(['electricity', 'heat', 'fuel']).optional(),
  year: z.coerce.number().int().optional(),
  unconfirmed: z.stringbool().optional(),
  search: z.string().max(200).optional(),
  all: z.stringbool().optional(),
});

/** What a new version says otherwise; whatever is left out stays as it was. The result is checked as a whole. */
export const factorChangeSchema = z
  .strictObject({
    id: z.string(),
    value: z.string(),
    unit: factorUnitSchema,
    gasBasis: z.enum(gasBases),
    region: z.string(),
    subregion: z.string(),
    publisher: z.string(),
    document: z.string(),
    published: z.string(),
    appliesToYear: z.number().int(),
    validFrom: z.string(),
    validTo: z.string(),
    confidence: z.string(),
    confirmed: z.boolean(),
    note: z.string(),
  })
  .partial();

export const factorImportSchema = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(300),
  existing: z.enum(['reject', 'supersede']).default('reject'),
  reason: z.string().min(1).max(2000).optional(),
  preview: z.boolean().default(false),
});

export const factorImportAnswerSchema = z.object({
  accepted: z.array(z.string()),
  unchanged: z.array(z.object({ row: z.number(), id: z.string() })),
  superseded: z.array(z.object({ row: z.number(), old: z.string(), new: z.string() })),
  rejected: z.array(z.object({ row: z.number(), id: z.string().optional(), reasons: z.array(z.string()) })),
});
