import { useTerm } from './use-term.ts';

/** Who did something: a person by name, and what acts by itself by a word of the reader's language. */
export function useActorName(): (actor: { readonly id: string; readonly name: string }) => string {
  const term = useTerm();
  return ({ id, name }) => term('actor', id, name);
}
