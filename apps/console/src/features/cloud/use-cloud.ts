import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { Point, Source } from '../../api/types.ts';
import { useLiveTopics } from '../../api/use-live.ts';
import { useSession } from '../../app/session.tsx';
import { useSite } from '../../app/site.tsx';
import { moreRows } from '../../components/data-table/more-rows.ts';

const sourcesKey = ['cloud', 'sources'] as const;

/** All sources with their state, which arrives live. */
export function useSources() {
  const client = useQueryClient();
  const { may } = useSession();
  const query = useQuery({
    queryKey: sourcesKey,
    enabled: may('cloud.plant.read'),
    queryFn: async () => (await answer(api.GET('/api/cloud/sources'))).items,
    refetchInterval: 30_000,
  });
  const askAgain = () => void client.invalidateQueries({ queryKey: sourcesKey });
  useLiveTopics(
    query.data?.map(({ id }) => `source:${id}`) ?? [],
    (topic, state) => {
      // An answer on its way may be older than this.
      if (client.isFetching({ queryKey: sourcesKey }) > 0) return askAgain();
      client.setQueryData<Source[]>(sourcesKey, (sources) =>
        sources?.map((source) =>
          `source:${source.id}` === topic ? { ...source, state: state as Source['state'] } : source,
        ),
      );
    },
    askAgain,
  );
  return query;
}

/** The sources of the chosen site. */
export function useSiteSources() {
  const { siteId } = useSite();
  const query = useSources();
  return { ...query, data: query.data?.filter((source) => !siteId || source.siteId === siteId) };
}

export interface PointFilter {
  readonly siteId?: string;
  readonly sourceId?: string;
  readonly nodeId?: string;
  readonly carrier?: string;
  readonly quantity?: string;
  readonly kind?: 'gauge' | 'delta' | 'counter';
  readonly search?: string;
}

/** As many as a list is good for; more is found by searching. */
export const mostPoints = 2000;

export const usePoints = (filter: PointFilter, enabled = true) =>
  useQuery({
    queryKey: ['cloud', 'points', filter],
    enabled,
    staleTime: 15_000,
    placeholderData: (previous) => previous,
    queryFn: () => fetchPoints(filter, 0, mostPoints),
  });

const pageSize = 500;

async function fetchPoints(filter: PointFilter, offset: number, limit: number): Promise<Point[]> {
  const query = { ...filter, search: filter.search || undefined, offset, limit };
  return (await answer(api.GET('/api/cloud/points', { params: { query } }))).items;
}

async function fetchAllPoints(filter: PointFilter): Promise<Point[]> {
  const points: Point[] = [];
  for (;;) {
    const page = await fetchPoints(filter, points.length, mostPoints);
    points.push(...page);
    if (page.length < mostPoints) return points;
  }
}

/** Points a page at a time, for lists: a plant may have tens of thousands. */
export function usePointPages(filter: PointFilter) {
  const query = useInfiniteQuery({
    queryKey: ['cloud', 'points', 'pages', filter],
    staleTime: 15_000,
    initialPageParam: 0,
    queryFn: ({ pageParam }) => fetchPoints(filter, pageParam, pageSize),
    getNextPageParam: (last, pages) => (last.length < pageSize ? undefined : pages.length * pageSize),
    select: (data) => data.pages.flat(),
    placeholderData: (previous) => previous,
  });
  return { ...query, more: moreRows(query, () => fetchAllPoints(filter)) };
}

/** One point after the other by id; they are few and kept. */
export const usePointsById = (ids: readonly string[]) =>
  useQuery({
    queryKey: ['cloud', 'points', 'by-id', ids],
    staleTime: 60_000,
    placeholderData: (previous) => previous,
    queryFn: () =>
      Promise.all(ids.map((id) => answer(api.GET('/api/cloud/points/{id}', { params: { path: { id } } })))),
  });
