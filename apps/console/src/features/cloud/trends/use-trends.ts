import { useQueries } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { Trend } from '../../../api/types.ts';
import { refreshMs, type TrendWindow } from './window.ts';

/** Trends of points over a window; while a new window is fetched the old curves stay. */
export function useTrends(pointIds: readonly string[], window: TrendWindow) {
  const { live } = window;
  return useQueries({
    queries: pointIds.map((id) => ({
      queryKey: ['cloud', 'trend', id, live ?? [window.from, window.to]],
      refetchInterval: live ? refreshMs(live) : (false as const),
      placeholderData: (previous: Trend | undefined) => previous,
      queryFn: () => {
        // A live window is read anew at each request, so that it ends now and not when the page was opened.
        const to = live ? Date.now() : window.to;
        const from = live ? to - (window.to - window.from) : window.from;
        const query = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), most: 1500 };
        return answer(api.GET('/api/cloud/points/{id}/trend', { params: { path: { id }, query } }));
      },
    })),
    combine: (results) => ({
      trends: results.map(({ data }) => data),
      error: results.find(({ error }) => error)?.error,
      loading: results.some(({ isPending }) => isPending),
      updatedAt: Math.max(0, ...results.map(({ dataUpdatedAt }) => dataUpdatedAt)),
    }),
  });
}
