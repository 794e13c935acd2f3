import { useMemo } from 'react';
import { findingOf } from '../../../components/evidence/finding.ts';
import { useEntry } from '../../../components/evidence/use-evidence.ts';

/** A recorded figure as the ledger keeps it: what is shown is what verify proves, not a copy. */
export function useFigure(id: string) {
  const { data: entry, error, refetch } = useEntry(id);
  return useMemo(() => {
    const finding = entry && findingOf(entry);
    return { entry, finding, error, refetch };
  }, [entry, error, refetch]);
}
