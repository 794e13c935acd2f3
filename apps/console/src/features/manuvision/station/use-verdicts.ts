import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api } from '../../../api/client.ts';
import { useLiveTopics } from '../../../api/use-live.ts';
import { stationsKey } from '../shared/use-stations.ts';
import type { Station, Verdict } from '../types.ts';

/** So many of the last are in reach on the page. */
const mostShown = 40;
/** Parts may come by the dozen a second; counters are asked for anew no more often than this. */
const refreshEveryMs = 2_000;

const verdictsKey = (station: string) => ['manuvision', 'verdicts', station] as const;

/** The last verdicts of a station, newest first; new ones arrive live, and the counters with them. */
export function useVerdicts(station: string) {
  const client = useQueryClient();
  const key = verdictsKey(station);
  const query = useQuery({
    queryKey: key,
    queryFn: async () =>
      (
        await answer(
          api.GET('/api/manuvision/stations/{id}/verdicts', {
            params: { path: { id: station }, query: { limit: mostShown } },
          }),
        )
      ).items,
  });
  const refreshing = useRef(false);
  const refreshCounters = () => {
    if (refreshing.current) return;
    refreshing.current = true;
    setTimeout(() => {
      refreshing.current = false;
      void client.invalidateQueries({ queryKey: stationsKey });
    }, refreshEveryMs);
  };
  const add = (verdict: Verdict) => {
    client.setQueryData<Verdict[]>(key, (known) => {
      if (known?.some(({ id }) => id === verdict.id)) return known;
      // Counted at once: at the line nobody waits for a counter.
      client.setQueryData<Station>(
        [...stationsKey, 'one', station],
        (current) => current && { ...current, lastAt: verdict.at, today: countOne(current.today, verdict) },
      );
      return [verdict, ...(known ?? [])].slice(0, mostShown);
    });
    refreshCounters();
  };
  useLiveTopics(
    ['manuvision-verdicts:all'],
    (_, data) => {
      const verdict = data as Verdict;
      if (verdict.stationId === station) add(verdict);
    },
    () => void client.invalidateQueries({ queryKey: key }),
  );
  return { ...query, add };
}

const countOne = (today: Station['today'], { verdict }: Verdict): Station['today'] => ({
  ...today,
  [verdict]: today[verdict] + 1,
});
