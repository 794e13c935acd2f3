import { useRef } from 'react';
import type { LedgerEntry } from '../../api/types.ts';
import { useMethods } from '../../components/evidence/use-evidence.ts';

/** Types and actors met so far on the page: a filter must still offer the others once it has narrowed the list. */
export function useSeen(entries: readonly LedgerEntry[]) {
  const seen = useRef({ types: new Set<string>(), actors: new Map<string, string>() }).current;
  const methods = useMethods().data ?? [];
  for (const { id } of methods) seen.types.add(id);
  for (const { type, actor } of entries) {
    seen.types.add(type);
    seen.actors.set(actor.id, actor.name);
  }
  return {
    types: [...seen.types].sort(),
    actors: [...seen.actors].map(([value, label]) => ({ value, label })),
  };
}
