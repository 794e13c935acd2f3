import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';

const staleTime = 60_000;

export const useOverview = (enabled = true) =>
  useQuery({
    queryKey: ['energy', 'overview'],
    enabled,
    staleTime,
    queryFn: () => answer(api.GET('/api/energy/overview')),
  });

/** Read from every reading of the month, so it comes after the rest of the page. */
export const useCosts = () =>
  useQuery({
    queryKey: ['energy', 'costs'],
    staleTime: 5 * staleTime,
    queryFn: async () => (await answer(api.GET('/api/energy/costs'))).items,
  });
