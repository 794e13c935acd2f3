import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { VerifyAnswer } from '../../components/evidence/finding.ts';

export interface LedgerFilter {
  readonly kind?: 'finding' | 'action';
  readonly type?: string;
  readonly actorId?: string;
  readonly search?: string;
}

const pageSize = 100;

/** The ledger newest first, a page at a time. */
export const useEntries = (filter: LedgerFilter) =>
  useInfiniteQuery({
    queryKey: ['ledger', 'entries', filter],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, search: filter.search || undefined, before: pageParam, limit: pageSize };
      return (await answer(api.GET('/api/ledger/entries', { params: { query } }))).items;
    },
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.sequence),
    select: (data) => data.pages.flat(),
    placeholderData: (previous) => previous,
  });

export const useHead = (enabled = true) =>
  useQuery({ queryKey: ['ledger', 'head'], enabled, queryFn: () => answer(api.GET('/api/ledger/head')) });

export interface Anchor {
  readonly sequence: number;
  readonly hash: string;
}

/** Walks the whole chain; with an anchor, also through it. */
export const useVerifyChain = () =>
  useMutation({
    mutationFn: async (anchor: Anchor | undefined) =>
      (await answer(api.POST('/api/ledger/verify', { body: anchor ? { anchor } : {} }))) as VerifyAnswer,
  });
