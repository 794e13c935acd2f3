import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { stationsKey } from '../shared/use-stations.ts';

/** Worked out when it is asked for: it takes about a second for every forty known pictures. What it says does not change. */
export function useExplanation(station: string, verdict: string) {
  return useQuery({
    queryKey: [...stationsKey, 'explanation', station, verdict],
    queryFn: () =>
      answer(
        api.GET('/api/manuvision/stations/{id}/verdicts/{verdict}/explanation', {
          params: { path: { id: station, verdict } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
