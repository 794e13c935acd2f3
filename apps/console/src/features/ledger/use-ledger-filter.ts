import { useSearchParams } from 'react-router';
import type { LedgerFilter } from './use-ledger.ts';

type Kept = Omit<LedgerFilter, 'search'>;
const names = { kind: 'kind', type: 'type', actorId: 'actor' } as const;

/** What the list is narrowed to, kept in the address. */
export function useLedgerFilter(): [Kept, (filter: Kept) => void] {
  const [parameters, setParameters] = useSearchParams();
  const kind = parameters.get(names.kind);
  const filter: Kept = {
    kind: kind === 'finding' || kind === 'action' ? kind : undefined,
    type: parameters.get(names.type) ?? undefined,
    actorId: parameters.get(names.actorId) ?? undefined,
  };
  const change = (next: Kept) =>
    setParameters((current) => {
      for (const key of ['kind', 'type', 'actorId'] as const) {
        const value = next[key];
        if (value) current.set(names[key], value);
        else current.delete(names[key]);
      }
      return current;
    });
  return [filter, change];
}
