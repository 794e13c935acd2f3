import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useLiveTopics } from '../../../api/use-live.ts';
import { stationsKey } from '../shared/use-stations.ts';

/** How the line is against the training set; asked for anew with the counters, and as soon as something changes. */
export function useDrift(station: string) {
  const client = useQueryClient();
  const key = [...stationsKey, 'drift', station];
  const refresh = () => void client.invalidateQueries({ queryKey: key });
  useLiveTopics(['manuvision-drift:all'], refresh, refresh);
  return useQuery({
    queryKey: key,
    queryFn: () => answer(api.GET('/api/manuvision/stations/{id}/drift', { params: { path: { id: station } } })),
  });
}
