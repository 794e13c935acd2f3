import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { emissionResultSchema } from '../emissions/emission-schemas.ts';
import { gridFamilies } from '../factors/grid-factor.ts';

const day = z.iso.date();

export const inventoryRequestSchema = z.strictObject({
  /** A calendar year; or the first and the last day, on the clock of each site. */
  year: z.number().int().min(1990).max(2100).optional(),
  from: day.optional(),
  to: day.optional(),
  /** Sites by id or name. Left out: all, and what belongs to no site. */
  sites: z.array(z.string().min(1)).min(1).max(500).optional(),
  /** `auto`: what was stated, and main meters where nothing was. */
  source: z.enum(['auto', 'entered', 'measured']).default('auto'),
  /** Electricity factors for what names none of its own. */
  factor: z.string().min(1).optional(),
  residualFactor: z.string().min(1).optional(),
  /** Family of the electricity factor where none is named and the country has both; the trading scheme when left out. */
  family: z.enum(gridFamilies).optional(),
});
export type InventoryRequest = z.output<typeof inventoryRequestSchema>;

const source = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('measurements'),
    pointId: z.string(),
    point: z.string(),
    quantity: z.string(),
    unit: z.string(),
    from: z.string(),
    to: z.string(),
    readings: z.number(),
    coverage: z.number(),
  }),
  z.object({
    kind: z.literal('activity'),
    id: z.string(),
    quantity: z.string(),
    unit: z.string(),
    document: z.string().optional(),
  }),
]);

export const inventorySchema = z.object({
  period: z.object({ from: z.string(), to: z.string(), label: z.string() }),
  sites: z.array(z.object({ id: z.string(), name: z.string(), region: z.string().optional() })),
  result: emissionResultSchema,
  sources: z.array(z.object({ line: z.string(), site: z.string(), sources: z.array(source) })),
  water: z.array(z.object({ site: z.string(), sources: z.array(source) })),
  notes: z.array(noteSchema),
});

export const inventoryAnswerSchema = inventorySchema.extend({ evidence: z.string() });
export type InventoryAnswer = z.output<typeof inventoryAnswerSchema>;
