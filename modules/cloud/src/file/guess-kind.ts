import type { Note } from '@millwright/kernel';
import { guessNotes } from './guess-notes.ts';

export const quantityTerm = (quantity: string): { readonly term: string } => ({ term: `quantity.${quantity}` });

export interface KindGuess {
  readonly kind: 'gauge' | 'delta' | 'counter';
  readonly confidence: number;
  readonly reason: Note;
}

/** Quantities of which an amount is taken in an interval, or a register counts the sum. */
const amounts = /^(?:energy|reactive-energy|apparent-energy|volume$|mass$|production|emissions)/;
const registerWords =
  /register|reading|index|total|cumul|counter|zähler|stand\b|summe|读数|讀數|示数|示數|表底|累计|累計|止码|正向|反向|[总總]$/i;

/** Whether values are amounts, a register, or momentary. `values` are those of one point, in the order of time. */
export function guessKind(values: readonly number[], quantity: string | undefined, name: string): KindGuess {
  const { rises, falls, resets, growth } = shape(values);
  const amount = quantity !== undefined && amounts.test(quantity);
  const steps = rises + falls;
  const monotonic = rises > 0 && falls - resets === 0 && resets <= Math.max(1, values.length / 20);
  const words = registerWords.test(name);
  // A sum that has been counted for long moves little against its own size; daily amounts do not.
  const counting = monotonic && (values.length >= 24 || growth < 0.5 || words) && rises >= 3;
  if (quantity !== undefined && !amount)
    return { kind: 'gauge', confidence: 0.9, reason: guessNotes.momentary({ what: quantityTerm(quantity) }) };
  if (counting && (amount || words))
    return {
      kind: 'counter',
      confidence: words ? 0.95 : 0.85,
      reason: resets > 0 ? guessNotes['register-reset']({ rises, resets }) : guessNotes.register({ rises }),
    };
  if (quantity === undefined && counting && values.length >= 200 && resets === 0 && growth < 0.5)
    return { kind: 'counter', confidence: 0.55, reason: guessNotes['rises-unitless']() };
  if (amount && words && steps === 0)
    return { kind: 'counter', confidence: 0.5, reason: guessNotes['register-still']() };
  if (amount)
    return {
      kind: 'delta',
      confidence: steps > 5 ? 0.9 : 0.6,
      reason: guessNotes.amount({ what: quantityTerm(quantity) }),
    };
  return {
    kind: 'gauge',
    confidence: 0.5,
    reason: guessNotes['taken-momentary'](),
  };
}

function shape(values: readonly number[]): { rises: number; falls: number; resets: number; growth: number } {
  let rises = 0;
  let falls = 0;
  let resets = 0;
  for (let index = 1; index < values.length; index++) {
    const before = values[index - 1]!;
    const value = values[index]!;
    if (value > before) rises++;
    if (value >= before) continue;
    falls++;
    // A register that is exchanged or rolls over begins near zero.
    if (before > 0 && value >= 0 && value < before * 0.1) resets++;
  }
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  return { rises, falls, resets, growth: first > 0 ? (last - first) / first : Number.POSITIVE_INFINITY };
}
