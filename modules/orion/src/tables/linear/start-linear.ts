import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import { factsOf, matchColumns } from '../columns.ts';
import { tableNotes } from '../notes.ts';
import type { ModelFacts, TableData, TableKind } from '../types.ts';
import { type Design, designOf, termsOf } from './design.ts';

export const linearSettings = z.strictObject({
  /** How strongly weights are drawn to nothing, against the sum of the losses of all rows; numbers have deviation 1. */
  penalty: z.number().min(0).max(1e9).default(1),
  /** Levels of a category that get a term; the others count as none. */
  levels: z.number().int().min(1).max(1000).default(50),
});
export type LinearSettings = z.output<typeof linearSettings>;

const mostTerms = 3000;

/** Columns, terms and values that a linear model is learnt from. Throws ORION_DATA_UNFIT. */
export function startLinear(
  data: TableData,
  kind: Pick<TableKind, 'name' | 'tasks'>,
  settings: LinearSettings,
): { facts: ModelFacts; design: Design; values: Float32Array[] } {
  const facts = factsOf(data, kind);
  const values = matchColumns(facts.columns, data.table);
  const design = designOf(facts.columns, values, settings.levels);
  const terms = termsOf(design);
  if (terms === 0) throw orionErrors.ORION_DATA_UNFIT({ learner: kind.name, reason: tableNotes['no-columns']() });
  if (terms > mostTerms)
    throw orionErrors.ORION_DATA_UNFIT({
      learner: kind.name,
      reason: tableNotes['too-many-terms']({ terms, limit: mostTerms }),
    });
  return { facts, design, values };
}
