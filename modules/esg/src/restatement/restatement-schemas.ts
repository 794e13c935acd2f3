import { z } from 'zod';
import { factorUseSchema } from '../emissions/emission-schemas.ts';

const figure = { old: z.string(), new: z.string(), difference: z.string(), percent: z.string().nullable() };
const figureSchema = z.object(figure);

export const restatementSchema = z.object({
  ...figure,
  why: z.string(),
  factorOld: z.array(factorUseSchema),
  factorNew: z.array(factorUseSchema),
  familyChanged: z.boolean(),
  totals: z.object({
    scope1: figureSchema,
    scope2Location: figureSchema,
    scope2Market: figureSchema,
    total: figureSchema,
    totalMarket: figureSchema,
  }),
});
