import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../../api/client.ts';
import { useReview } from '../shared/use-stations.ts';
import type { Verdict } from '../types.ts';

/** So many wait at once; the next ones are asked for when these are done. */
const atOnce = 200;

/** Which parts are looked at: those that were rejected, or a sample of those that passed. */
export type ReviewedParts = 'open' | 'passed';

/** Parts that nobody has judged yet. What was said in this sitting stays in its place, so that one can go back. */
export function useReviewQueue(station: string, which: ReviewedParts) {
  const review = useReview(station);
  const [at, setAt] = useState(0);
  const [items, setItems] = useState<readonly Verdict[]>([]);
  /** In the order it was said, to be taken back. */
  const said = useRef<string[]>([]);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['manuvision', 'review', station, which],
    staleTime: 0,
    gcTime: 0,
    queryFn: async () =>
      (
        await answer(
          api.GET('/api/manuvision/stations/{id}/verdicts', {
            params: { path: { id: station }, query: { review: which, limit: atOnce } },
          }),
        )
      ).items,
  });
  useEffect(() => {
    if (!data) return;
    setItems((known) => {
      const ids = new Set(known.map(({ id }) => id));
      return [...known, ...data.filter(({ id }) => !ids.has(id))];
    });
  }, [data]);

  const replace = (changed: Verdict) =>
    setItems((known) => known.map((one) => (one.id === changed.id ? changed : one)));
  const write = (verdict: Verdict, word: 'ok' | 'ng' | null) => {
    // Shown at once; put back where the server refuses.
    replace({ ...verdict, reviewed: word });
    review.mutate({ id: verdict.id, said: word }, { onSuccess: replace, onError: () => replace(verdict) });
  };
  const current = items[Math.min(at, items.length - 1)];
  return {
    items,
    at: Math.min(at, Math.max(items.length - 1, 0)),
    current,
    error,
    isLoading: data === undefined,
    isFetching,
    refetch,
    canUndo: said.current.length > 0,
    go: (to: number) => setAt(Math.min(Math.max(to, 0), Math.max(items.length - 1, 0))),
    say: (word: 'ok' | 'ng') => {
      if (!current) return;
      said.current.push(current.id);
      write(current, word);
      const next = items.findIndex((one, index) => index > at && one.reviewed === null);
      if (next >= 0) setAt(next);
    },
    undo: () => {
      const id = said.current.pop();
      const index = items.findIndex((one) => one.id === id);
      const last = items[index];
      if (!last) return;
      write(last, null);
      setAt(index);
    },
  };
}
