import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { FactorQuery } from '../types.ts';

export const useFactors = (query: FactorQuery = {}, enabled = true) =>
  useQuery({
    queryKey: ['esg', 'factors', query],
    enabled,
    staleTime: 60_000,
    placeholderData: (previous) => previous,
    queryFn: async () => (await answer(api.GET('/api/esg/factors', { params: { query } }))).items,
  });
