import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Period } from '../shared/period.ts';
import type { Carrier } from '../types.ts';

export const useFlow = (nodeId: string, period: Period, carrier: Carrier) =>
  useQuery({
    queryKey: ['energy', 'flow', nodeId, period, carrier],
    staleTime: 5 * 60_000,
    queryFn: () => {
      const query = { nodeId, from: period.from, to: period.to, carrier };
      return answer(api.GET('/api/energy/sankey', { params: { query } }));
    },
  });
