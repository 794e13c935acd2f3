import { useQueries } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { PlantNode } from '../../api/types.ts';
import { addDays, today } from '../energy/shared/period.ts';

const minuteMs = 60_000;
/** More sites than this are not asked one by one for the running day. */
const mostAsked = 20;

/** Electricity of the day that runs at each site, in kWh by the site's id; each on its own clock. */
export const useElectricityToday = (
  sites: readonly PlantNode[],
  enabled: boolean,
): ReadonlyMap<string, number | null> =>
  useQueries({
    queries: sites.slice(0, mostAsked).map(({ id, timezone }) => {
      const day = today(timezone ?? undefined);
      return {
        queryKey: ['energy', 'today', id, day],
        enabled,
        refetchInterval: minuteMs,
        queryFn: async () => {
          const query = { nodeId: id, from: day, to: addDays(day, 1), carrier: 'electricity' as const };
          const { carriers } = await answer(api.GET('/api/energy/consumption', { params: { query } }));
          return carriers[0]?.total ?? null;
        },
      };
    }),
    combine: (results) => new Map(results.map(({ data }, index) => [sites[index]!.id, data ?? null])),
  });
