import { type InfiniteData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api } from '../../../api/client.ts';
import { useLiveTopics } from '../../../api/use-live.ts';
import { moreRows } from '../../../components/data-table/more-rows.ts';
import { useNotify } from '../../../components/use-notify.ts';
import type { CameraEvent, EventFilter } from '../types.ts';
import { replaceEvent } from './event-pages.ts';

export const eventsKey = ['matrixvision', 'events'] as const;
const pageSize = 60;
const mostBetween = 500;
/** New events arrive by the thousand at times; the list is asked for anew no more often than this. */
const refreshEveryMs = 2_000;

const fetchEvents = async (filter: EventFilter) =>
  answer(api.GET('/api/matrixvision/events', { params: { query: filter } }));

export interface EventPage {
  readonly items: CameraEvent[];
  readonly total: number;
}

/** Events a page at a time, newest first; new and changed ones arrive live. */
export function useEvents(filter: EventFilter) {
  const client = useQueryClient();
  const key = [...eventsKey, 'list', filter];
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetchEvents({ ...filter, limit: pageSize, after: pageParam }),
    getNextPageParam: (last: EventPage) => (last.items.length < pageSize ? undefined : last.items.at(-1)?.id),
    placeholderData: (previous) => previous,
  });
  const refreshing = useRef(false);
  const refresh = () => {
    if (refreshing.current) return;
    refreshing.current = true;
    setTimeout(() => {
      refreshing.current = false;
      void client.invalidateQueries({ queryKey: eventsKey });
    }, refreshEveryMs);
  };
  useLiveTopics(
    ['matrixvision-events:all'],
    (_, data) => {
      const replaced = replaceEvent(client.getQueryData<InfiniteData<EventPage>>(key), data as CameraEvent);
      if (replaced) client.setQueryData(key, replaced);
      else refresh();
    },
    refresh,
  );
  const all = async () => {
    const items: CameraEvent[] = [];
    for (;;) {
      const page = await fetchEvents({ ...filter, limit: 500, after: items.at(-1)?.id });
      items.push(...page.items);
      if (page.items.length < 500) return items;
    }
  };
  const pages = query.data?.pages;
  return {
    ...query,
    events: pages?.flatMap(({ items }) => items),
    total: pages?.[0]?.total,
    more: moreRows(query, all),
  };
}

/** Of one camera between two moments, in order of time; the newest of very many. */
export const useEventsBetween = (camera: string, from: number, to: number) =>
  useQuery({
    queryKey: [...eventsKey, 'between', camera, from, to],
    refetchInterval: 30_000,
    queryFn: async () => {
      const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      return (await fetchEvents({ camera, ...span, limit: mostBetween })).items.reverse();
    },
  });

export const useEvent = (id: string | undefined) =>
  useQuery({
    queryKey: [...eventsKey, 'one', id],
    enabled: id !== undefined,
    queryFn: () => answer(api.GET('/api/matrixvision/events/{id}', { params: { path: { id: id! } } })),
  });

/** How many nobody has looked at yet. */
export const useOpenEvents = (siteId: string | undefined, enabled: boolean) =>
  useQuery({
    queryKey: [...eventsKey, 'open', siteId],
    enabled,
    refetchInterval: 30_000,
    queryFn: async () => (await fetchEvents({ state: 'open', limit: 1, site: siteId })).total,
  });

export const usePrecision = (filter: EventFilter) =>
  useQuery({
    queryKey: [...eventsKey, 'precision', filter],
    queryFn: async () =>
      (await answer(api.GET('/api/matrixvision/events/precision', { params: { query: filter } }))).items,
  });

export interface Verdict {
  readonly id: string;
  readonly state: CameraEvent['state'];
  readonly note?: string;
}

export function useReview() {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: ({ id, ...body }: Verdict) =>
      answer(api.POST('/api/matrixvision/events/{id}/review', { params: { path: { id } }, body })),
    onError: failed,
    onSuccess: (event) => {
      client.setQueriesData<InfiniteData<EventPage>>(
        { queryKey: [...eventsKey, 'list'] },
        (pages) => pages && (replaceEvent(pages, event) ?? pages),
      );
      client.setQueryData([...eventsKey, 'one', event.id], event);
      void client.invalidateQueries({ queryKey: [...eventsKey, 'precision'] });
      void client.invalidateQueries({ queryKey: [...eventsKey, 'open'] });
    },
  });
}
