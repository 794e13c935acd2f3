import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { findingOf } from '../../../components/evidence/finding.ts';
import { useFigures } from '../shared/use-figures.ts';
import type { Inventory } from '../types.ts';

const types = ['esg.inventory'] as const;

/** The newest inventory of a year, which says what was read from each meter. */
export function useYearInventory(year: number): { id?: string; inventory?: Inventory } {
  const id = useFigures(types).data?.find(({ label }) => label === String(year))?.id;
  const { data: inventory } = useQuery({
    queryKey: ['esg', 'inventory', id],
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const entry = await answer(api.GET('/api/ledger/entries/{id}', { params: { path: { id: id! } } }));
      return findingOf(entry)?.output as Inventory;
    },
  });
  return { id, inventory };
}
