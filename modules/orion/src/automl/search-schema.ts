import { z } from 'zod';

const trialSchema = z.strictObject({
  kind: z.string(),
  settings: z.record(z.string(), z.unknown()),
  rung: z.number(),
  share: z.number(),
  losses: z.array(z.number()),
  loss: z.number().nullable(),
  seconds: z.number(),
  ended: z.strictObject({ why: z.enum(['unfit', 'behind', 'time']), message: z.string().optional() }).optional(),
  kept: z.boolean(),
});

/** What a search tried and found, as evidence keeps it: which candidates had their turn hangs on the machine, so it is not run again. */
export const tableChoiceSchema = z.strictObject({
  report: z.strictObject({
    trials: z.array(trialSchema),
    best: trialSchema,
    yardsticks: z.array(trialSchema),
    gain: z.number(),
    complete: z.boolean(),
  }),
  loss: z.enum(['rmse', 'log-loss']),
  folds: z.enum(['in the order of time', 'drawn']),
  budgetSeconds: z.number(),
});
export type KeptChoice = z.output<typeof tableChoiceSchema>;
