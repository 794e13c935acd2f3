import type { PictureRow, WordRow } from '../schema.ts';
import { type Disagreement, disagreementOf } from './disagreement.ts';

/** The last own word of each person, in the order in which they were said. */
export function lastWords(words: readonly WordRow[]): WordRow[] {
  const last = new Map<string, WordRow>();
  for (const word of words)
    if (word.settled_for === null) {
      last.delete(word.actor_id);
      last.set(word.actor_id, word);
    }
  return [...last.values()];
}

/**
 * What people still differ in. Who settled a disagreement ended it for all words before: from then on the word that counts is that of
 * the person who was right.
 */
export function openDisagreement(
  words: readonly WordRow[],
  size: Pick<PictureRow, 'width' | 'height'>,
): Disagreement | null {
  const settled = words.findLast(({ settled_for }) => settled_for !== null);
  const since = lastWords(words).filter(({ revision }) => !settled || revision > settled.revision);
  const right = settled && !since.some(({ actor_id }) => actor_id === settled.settled_for) ? [settled] : [];
  const compared = [...right, ...since].map((word) => ({
    ...{ actorId: word.settled_for ?? word.actor_id, label: word.label, class: word.class_name },
    regions: word.regions,
  }));
  return disagreementOf(compared, size);
}
