import { useState } from 'react';
import { addRegions } from './session/edit.ts';
import type { LabelSession } from './session/label-session.ts';
import type { Region } from './session/labels.ts';
import { toRegion } from './session/labels.ts';
import { newId } from './session/new-id.ts';
import { useSuggest } from './use-labels.ts';

export interface Suggestion extends Region {
  readonly score: number;
}

/** What the current model would draw; nothing of it counts until somebody accepts it. */
export function useSuggestions(datasetId: string, pictureId: string, session: LabelSession) {
  const suggest = useSuggest(datasetId, pictureId);
  const [items, setItems] = useState<readonly Suggestion[]>([]);
  const [at, setAt] = useState(0);
  const current = items[Math.min(at, items.length - 1)];
  const drop = (dropped: readonly Suggestion[]) => setItems((known) => known.filter((each) => !dropped.includes(each)));
  const accept = (accepted: readonly Suggestion[]) => {
    const taken = new Set(session.labels.regions.map(({ id }) => id));
    const regions = accepted.map(({ id, class: name, shape }) => ({
      ...{ class: name, shape },
      id: taken.has(id) ? newId() : id,
    }));
    session.change(addRegions(session.labels, regions));
    drop(accepted);
  };
  return {
    items,
    current,
    isAsking: suggest.isPending,
    /** Of the whole picture. */
    verdict: suggest.data,
    ask: () =>
      suggest.mutate(undefined, {
        onSuccess: ({ regions }) => {
          // The surest first: it is the next to be accepted.
          const surest = [...regions].sort((a, b) => b.score - a.score);
          setItems(surest.map(({ score, ...region }) => ({ ...toRegion(region), score })));
          setAt(0);
        },
      }),
    next: (by: number) => setAt((known) => (Math.min(known, items.length - 1) + by + items.length) % items.length),
    accept: (one: Suggestion) => accept([one]),
    acceptAll: () => accept(items),
    reject: (one: Suggestion | undefined) => one && drop([one]),
    close: () => {
      setItems([]);
      suggest.reset();
    },
  };
}
export type Suggestions = ReturnType<typeof useSuggestions>;
