import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';

export const useSystem = (enabled = true) =>
  useQuery({
    queryKey: ['system'],
    enabled,
    queryFn: () => answer(api.GET('/api/system')),
    refetchInterval: 15_000,
  });
