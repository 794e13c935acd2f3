import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/generated/schema.d.ts';
import { moreRows } from '../../../components/data-table/more-rows.ts';
import { useNotify } from '../../../components/use-notify.ts';
import type { AlertGroup, AlertStep } from '../types.ts';

export type AlertFilter = NonNullable<paths['/api/cloud/alerts/groups']['get']['parameters']['query']>;

const raisedKey = ['alerts', 'raised'] as const;
const pageSize = 100;

/** A group as a row: it goes by the id of its newest alert. */
export type AlertRow = AlertGroup & { readonly id: string };
const withId = (group: AlertGroup): AlertRow => ({ ...group, id: group.newest.id });

/** One row for each group, or for each alert, which then is a group of its own. */
async function fetchRows(filter: AlertFilter, grouped: boolean): Promise<AlertRow[]> {
  const params = { params: { query: filter } };
  if (grouped) return (await answer(api.GET('/api/cloud/alerts/groups', params))).items.map(withId);
  const { items } = await answer(api.GET('/api/cloud/alerts', params));
  return items.map(({ channels, delivered, undelivered, ...newest }) =>
    withId({
      ...{ newest, channels, delivered, undelivered, count: 1, severity: newest.severity, firstAt: newest.at },
      ...{ open: Number(newest.state === 'open'), acknowledged: Number(newest.state === 'acknowledged') },
    }),
  );
}

/** What was raised, a page at a time, newest first. */
export function useRaised(filter: AlertFilter, grouped: boolean) {
  const fetchPage = (after: string | undefined, limit: number) => fetchRows({ ...filter, after, limit }, grouped);
  const query = useInfiniteQuery({
    queryKey: [...raisedKey, grouped, filter],
    refetchInterval: 5_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchPage(pageParam, pageSize),
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.id),
    select: (data) => data.pages.flat(),
    placeholderData: (previous) => previous,
  });
  const all = async () => {
    const rows: AlertRow[] = [];
    for (;;) {
      const page = await fetchPage(rows.at(-1)?.id, 500);
      rows.push(...page);
      if (page.length < 500) return rows;
    }
  };
  return { ...query, more: moreRows(query, all) };
}

export const useAlert = (id: string) =>
  useQuery({
    queryKey: [...raisedKey, 'one', id],
    refetchInterval: 5_000,
    queryFn: () => answer(api.GET('/api/cloud/alerts/{id}', { params: { path: { id } } })),
  });

/** Acknowledges, resolves or reopens; resolves to what the alerts were before. */
export function useHandle() {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: async (body: AlertStep) => (await answer(api.POST('/api/cloud/alerts/handle', { body }))).changed,
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  });
}
