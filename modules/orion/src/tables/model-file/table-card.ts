import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';

const figures = z.record(z.string(), z.number().nullable());

/** What a model of tables says of itself, as JSON under `millwright.table` in its ONNX file. */
export const tableCardSchema = z.object({
  format: z.literal(1),
  method: z.string(),
  settings: z.unknown(),
  seed: z.number(),
  task: z.enum(['regression', 'classification']),
  /** Name of what is told. */
  target: z.string(),
  /** The order of the columns of `features`: a number as it is, a category as the index of its level, NaN where missing. */
  columns: z.array(
    z.union([
      z.object({ kind: z.literal('number'), name: z.string(), low: z.number(), high: z.number() }),
      z.object({ kind: z.literal('category'), name: z.string(), levels: z.array(z.string()) }),
    ]),
  ),
  /** The order of `probabilities`; empty for a regression. */
  classes: z.array(z.string()),
  /** Of two classes: above this probability of `positive` a row is called so. */
  decision: z.object({ positive: z.string(), threshold: z.number() }).nullable(),
  rows: z.number(),
  time: z.object({ column: z.string(), from: z.string(), to: z.string() }).nullable(),
  /** On rows that were held out, by a model of the same settings that did not learn from them. */
  heldOut: z.object({
    rows: z.number(),
    by: z.enum(['time', 'draw']),
    figures,
    yardsticks: z.array(z.object({ method: z.string(), figures })),
  }),
  parity: z.object({ rows: z.number(), maxDifference: z.number(), changedDecisions: z.number() }),
  notes: z.array(noteSchema),
});
export type TableCard = z.output<typeof tableCardSchema>;
