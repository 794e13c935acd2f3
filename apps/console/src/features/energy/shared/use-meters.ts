import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Point } from '../../../api/types.ts';

const most = 2000;
const noPoints: readonly Point[] = [];

/** Every point, to choose meters from. */
export function useMeters(): readonly Point[] {
  const query = useQuery({
    queryKey: ['cloud', 'points', { limit: most }],
    staleTime: 60_000,
    queryFn: async () => (await answer(api.GET('/api/cloud/points', { params: { query: { limit: most } } }))).items,
  });
  return query.data ?? noPoints;
}
