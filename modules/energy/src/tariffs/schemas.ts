import { z } from 'zod';
import { named } from '../reports/schemas.ts';
import type { tariffSchema } from '../tariff/tariff.ts';

/** A tariff file as it is written; the service lists what is wrong with it. */
export const tariffFile = z.record(z.string(), z.unknown()).describe('A tariff file, format millwright-tariff/1');

export const storedTariff = z.object({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  currency: z.string(),
  source: z.string(),
  /** Made-up prices. */
  example: z.boolean(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  /** Version that came after this one. */
  supersededBy: z.string().nullable(),
  sha256: z.string(),
  addedAt: z.string(),
  addedBy: z.string(),
  // Stored content passed the schema once; checking its prices again with every list would only cost time.
  content: z.custom<z.output<typeof tariffSchema>>(),
});
export type StoredTariff = z.output<typeof storedTariff>;

export const tariffExample = z.object({ file: z.string(), content: z.custom<z.output<typeof tariffSchema>>() });

export const assignmentInput = z.strictObject({
  site: z.string().min(1).optional().describe('Name or id of the site'),
  siteId: z.uuid().optional(),
  sourceId: z.uuid().optional().describe('One source instead of the whole site'),
  validFrom: z.iso.date().describe('First local day on which it holds'),
  transformerCapacitykVA: z.number().positive().nullable().default(null),
});
export type AssignmentInput = z.input<typeof assignmentInput>;

export const assignmentSchema = z.object({
  id: z.uuid(),
  site: named,
  source: named.nullable(),
  tariff: z.object({ id: z.string(), version: z.string(), name: z.string() }),
  validFrom: z.string(),
  transformerCapacitykVA: z.number().nullable(),
  assignedAt: z.string(),
  assignedBy: z.string(),
});
export type Assignment = z.output<typeof assignmentSchema>;
