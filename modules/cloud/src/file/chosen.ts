import { z } from 'zod';
import { fileMappingSchema, timeMappingSchema } from './file-mapping.ts';
import type { Guess } from './guess.ts';
import { guessNotes } from './guess-notes.ts';

const { shape } = fileMappingSchema;

/** What a person chose of the questions on which all other guesses rest; these are then guessed anew around it. */
export const chosenSchema = z.object({
  encoding: shape.encoding.unwrap().optional(),
  delimiter: shape.delimiter.unwrap().optional(),
  quote: shape.quote.unwrap().optional(),
  decimal: shape.decimal.unwrap().optional(),
  thousands: shape.thousands.unwrap().optional(),
  skipRows: shape.skipRows.unwrap().optional(),
  headerRows: shape.headerRows.unwrap().optional(),
  timeColumns: timeMappingSchema.shape.columns.optional(),
});
export type Chosen = z.output<typeof chosenSchema>;

export function chosenGuess<T>(what: string, value: T): Guess & { value: T } {
  return { what, value, confidence: 1, reason: guessNotes.chosen() };
}
