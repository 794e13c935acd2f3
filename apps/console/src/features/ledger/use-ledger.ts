import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { LedgerEntry } from '../../api/types.ts';
import { moreRows } from '../../components/data-table/more-rows.ts';
import type { VerifyAnswer } from '../../components/evidence/finding.ts';

export interface LedgerFilter {
  readonly kind?: 'finding' | 'action';
  readonly type?: string;
  readonly actorId?: string;
  readonly search?: string;
}

const pageSize = 100;

/** As many as the server hands out at once; for exports, which want them all. */
const largestPage = 500;

async function fetchPage(filter: LedgerFilter, before: number | undefined, limit: number): Promise<LedgerEntry[]> {
  const query = { ...filter, search: filter.search || undefined, before, limit };
  return (await answer(api.GET('/api/ledger/entries', { params: { query } }))).items;
}

async function fetchAll(filter: LedgerFilter): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (;;) {
    const page = await fetchPage(filter, entries.at(-1)?.sequence, largestPage);
    entries.push(...page);
    if (page.length < largestPage) return entries;
  }
}

/** The ledger newest first, a page at a time. */
export function useEntries(filter: LedgerFilter) {
  const query = useInfiniteQuery({
    queryKey: ['ledger', 'entries', filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => fetchPage(filter, pageParam, pageSize),
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.sequence),
    select: (data) => data.pages.flat(),
    placeholderData: (previous) => previous,
  });
  return { ...query, more: moreRows(query, () => fetchAll(filter)) };
}

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
