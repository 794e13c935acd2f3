import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { emissionResultSchema, factorUseSchema } from '../emissions/emission-schemas.ts';
import { gridFamilies } from '../factors/grid-factor.ts';
import { restatementSchema } from '../restatement/restatement-schemas.ts';
import { kpiKeys } from './kpi-definitions.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Family of the electricity factor where none is named and the country has both; the trading scheme when left out. */
const family = z.enum(gridFamilies).optional();

export const kpiFileRequestSchema = z.strictObject({
  /** SHA-256 of the uploaded activity data (JSON, CSV or XLSX). */
  hash,
  fileName: z.string().min(1).max(300),
  /** Electricity factor for every year, instead of what the data names. */
  factor: z.string().min(1).optional(),
  reportingYear: z.number().int().optional(),
  recalculatePreviousYearWith: z.enum(['current', 'own']).optional(),
  family,
});
export type KpiFileRequest = z.output<typeof kpiFileRequestSchema>;

export const kpiDatabaseRequestSchema = z.strictObject({
  year: z.number().int().min(1990).max(2100),
  /** Sites by id or name. Left out: all, and what belongs to no site. */
  sites: z.array(z.string().min(1)).min(1).max(500).optional(),
  source: z.enum(['auto', 'entered', 'measured']).default('auto'),
  /** Electricity factors for what names none of its own; of the year before, where it had another. */
  factor: z.string().min(1).optional(),
  previousFactor: z.string().min(1).optional(),
  residualFactor: z.string().min(1).optional(),
  /** `current`: the year before is calculated with the factor of the year, so that the two compare. */
  recalculatePreviousYearWith: z.enum(['current', 'own']).default('own'),
  family,
});
export type KpiDatabaseRequest = z.output<typeof kpiDatabaseRequestSchema>;

const values = z.partialRecord(z.enum(kpiKeys), z.string());

export const kpiAnswerSchema = z.object({
  reportingYear: z.string(),
  previousYear: z.string().optional(),
  /** As printed. */
  years: z.record(z.string(), values),
  exact: z.record(z.string(), values),
  /** Figures that lack something, by year: they are at least what they say. */
  incomplete: z.record(z.string(), z.array(z.enum(kpiKeys))),
  factors: z.record(z.string(), z.array(factorUseSchema)),
  changes: z.partialRecord(
    z.enum(kpiKeys),
    z.object({ difference: z.string(), printed: z.string(), percent: z.string().optional() }),
  ),
  restatement: restatementSchema.optional(),
  calculations: z.record(z.string(), emissionResultSchema),
  notes: z.array(noteSchema.extend({ about: z.string().optional() })),
  evidence: z.string(),
});
export type KpiAnswer = z.output<typeof kpiAnswerSchema>;
