import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Period } from '../shared/period.ts';
import type { BalanceNode, Carrier } from '../types.ts';

export type Step = 'day' | 'month';

const staleTime = 5 * 60_000;

export const useConsumption = (nodeId: string, period: Period, by: Step) =>
  useQuery({
    queryKey: ['energy', 'consumption', nodeId, period, by],
    staleTime,
    queryFn: () => {
      // Left out of the query when false; the text is what the server reads.
      const query = { nodeId, from: period.from, to: period.to, by, compare: 'true' };
      return answer(api.GET('/api/energy/consumption', { params: { query } }));
    },
  });

/** The same by step for each part, to stack them. */
export const usePartSeries = (parts: readonly BalanceNode[], carrier: Carrier, period: Period, by: Step) =>
  useQueries({
    queries: parts.map(({ id, name, value }) => ({
      queryKey: ['energy', 'consumption', id, period, by, carrier],
      staleTime,
      queryFn: async () => {
        const query = { nodeId: id, from: period.from, to: period.to, by, carrier };
        const { carriers } = await answer(api.GET('/api/energy/consumption', { params: { query } }));
        return { name, value, series: carriers[0]?.series ?? [] };
      },
    })),
    combine: (results) => ({
      data: results.flatMap(({ data }) => data ?? []),
      loading: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error,
    }),
  });

export const useRecordConsumption = (nodeId: string, period: Period, carrier?: Carrier) =>
  useMutation({
    mutationFn: async () => {
      const body = { nodeId, from: period.from, to: period.to, ...(carrier && { carrier }) };
      return (await answer(api.POST('/api/energy/consumption', { body }))).evidence;
    },
  });
